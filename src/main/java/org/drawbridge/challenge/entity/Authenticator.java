package org.drawbridge.challenge.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.drawbridge.kernel.Dialling;
import org.drawbridge.kernel.OwnedId;
import org.jspecify.annotations.Nullable;

/**
 * A way in which somebody answers challenges: an address or a number that codes go to, or an app
 * that makes them. There is one of each kind at most. Passkeys are credential records.
 */
@Entity
@Table(name = "authenticators")
@IdClass(OwnedId.class)
public class Authenticator {

  @Id
  @Column(name = "company_id")
  private UUID companyId;

  @Id
  @Column(name = "id")
  private UUID id;

  @Column(name = "user_id")
  private UUID userId;

  @Enumerated(EnumType.STRING)
  @Column(name = "verification_method")
  private VerificationMethod method;

  @Column(name = "recipient")
  private @Nullable String recipient;

  @Column(name = "secret")
  private byte @Nullable [] secret;

  @Column(name = "last_step")
  private long lastStep;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "last_verified_at")
  private Instant lastVerifiedAt;

  @Version
  @Column(name = "version")
  private long version;

  protected Authenticator() {}

  private Authenticator(ChallengeUser user, UUID id, VerificationMethod method, Instant now) {
    this.companyId = user.companyId();
    this.id = id;
    this.userId = user.id();
    this.method = method;
    this.createdAt = now;
    this.lastVerifiedAt = now;
  }

  /** One that codes are sent to. */
  public static Authenticator sentTo(
      ChallengeUser user, UUID id, VerificationMethod method, String recipient, Instant now) {
    Authenticator authenticator = new Authenticator(user, id, method, now);
    authenticator.recipient = recipient;
    return authenticator;
  }

  /**
   * An app that makes codes.
   *
   * @param secret sealed for {@link #context}
   * @param step the time step of the code that it was enrolled with
   */
  public static Authenticator app(
      ChallengeUser user, UUID id, byte[] secret, long step, Instant now) {
    Authenticator authenticator =
        new Authenticator(user, id, VerificationMethod.AUTHENTICATOR_APP, now);
    authenticator.secret = secret.clone();
    authenticator.lastStep = step;
    return authenticator;
  }

  /** What an app's secret is sealed for, so that it opens for nobody else. */
  public static String context(UUID companyId, UUID userId) {
    return "authenticator " + companyId + " " + userId;
  }

  public void verified(Instant now) {
    lastVerifiedAt = now;
  }

  /**
   * Takes a code of a time step; true where it counts, and false where one of that step or later
   * was taken before.
   */
  public boolean take(long step) {
    if (step <= lastStep) {
      return false;
    }
    lastStep = step;
    return true;
  }

  public UUID id() {
    return id;
  }

  public VerificationMethod method() {
    return method;
  }

  public @Nullable String recipient() {
    return recipient;
  }

  /** Where codes go to, a number as it is dialled; null where they go nowhere. */
  public @Nullable String dialled() {
    return recipient == null || method != VerificationMethod.SMS
        ? recipient
        : Dialling.digits(recipient);
  }

  public byte @Nullable [] secret() {
    return secret == null ? null : secret.clone();
  }

  public Instant createdAt() {
    return createdAt;
  }

  public Instant lastVerifiedAt() {
    return lastVerifiedAt;
  }
}
