package org.drawbridge.approval.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one approver says.
 *
 * @param document what the approver signed, and {@code assertion} how; null where nothing had to be
 *     signed
 */
@Embeddable
public record Vote(
    @Column(name = "approves") boolean approves,
    @Column(name = "voted_at") Instant votedAt,
    @Column(name = "document") @Nullable String document,
    @Column(name = "assertion") @Nullable String assertion) {

  public static Vote yes(Instant now) {
    return new Vote(true, now, null, null);
  }

  /** A yes that is signed with a passkey. */
  public static Vote signed(SignedDecision decision, Instant now) {
    return new Vote(true, now, decision.document(), decision.assertion());
  }

  public static Vote no(Instant now) {
    return new Vote(false, now, null, null);
  }
}
