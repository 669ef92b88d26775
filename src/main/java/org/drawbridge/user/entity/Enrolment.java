package org.drawbridge.user.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.drawbridge.kernel.OwnedId;
import org.drawbridge.kernel.OwnedSecret;
import org.jspecify.annotations.Nullable;

/**
 * An invitation to a user to make a passkey. Its secret is in a link that the user alone is sent,
 * or the answer to a code that lets the user in again; it counts once, for {@link #LIFETIME}, and
 * not after a newer one was opened.
 */
@Entity
@Table(name = "enrolments")
@IdClass(OwnedId.class)
public class Enrolment {

  public static final Duration LIFETIME = Duration.ofHours(24);

  @Id
  @Column(name = "company_id")
  private UUID companyId;

  @Id
  @Column(name = "id")
  private UUID id;

  @Column(name = "user_id")
  private UUID userId;

  @Column(name = "secret_hash")
  private byte[] secretHash;

  @Column(name = "mailed")
  private boolean mailed;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "expiry")
  private Instant expiry;

  @Column(name = "used_at")
  private @Nullable Instant usedAt;

  protected Enrolment() {}

  /**
   * @param mailed whether the link goes by mail and nothing else
   */
  public Enrolment(OwnedSecret secret, UUID userId, boolean mailed, Instant now) {
    this.companyId = secret.companyId();
    this.id = secret.id();
    this.userId = userId;
    this.secretHash = secret.hash();
    this.mailed = mailed;
    this.createdAt = now;
    this.expiry = now.plus(LIFETIME);
  }

  public boolean isOpenedBy(byte[] hash) {
    return MessageDigest.isEqual(secretHash, hash);
  }

  /**
   * @throws EnrolmentClosed where it was used, or is too old
   */
  public void requireOpen(Instant now) {
    if (usedAt != null) {
      throw EnrolmentClosed.used();
    }
    if (!now.isBefore(expiry)) {
      throw EnrolmentClosed.expired();
    }
  }

  /**
   * @throws EnrolmentClosed where it was used before, or is too old
   */
  public void use(Instant now) {
    requireOpen(now);
    usedAt = now;
  }

  /** Whether who has the link reads the user's mail. */
  public boolean provesEmail() {
    return mailed;
  }

  public UUID companyId() {
    return companyId;
  }

  public UUID userId() {
    return userId;
  }
}
