package org.drawbridge.challenge.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.drawbridge.kernel.OwnedId;
import org.drawbridge.kernel.OwnedSecret;
import org.jspecify.annotations.Nullable;

/** Somebody who has answered a challenge, and is known for a while. */
@Entity
@Table(name = "challenge_sessions")
@IdClass(OwnedId.class)
public class ChallengeSession {

  public static final Duration ACCESS_LIFETIME = Duration.ofMinutes(15);

  /** So long without being refreshed, it ends. */
  public static final Duration IDLE = Duration.ofDays(7);

  /** So long, however often it is refreshed. */
  public static final Duration LONGEST = Duration.ofDays(30);

  @Id
  @Column(name = "company_id")
  private UUID companyId;

  @Id
  @Column(name = "id")
  private UUID id;

  @Column(name = "user_id")
  private UUID userId;

  @Column(name = "client_id")
  private String clientId;

  @Enumerated(EnumType.STRING)
  @Column(name = "verification_method")
  private VerificationMethod method;

  @Column(name = "secret_id")
  private UUID secretId;

  @Column(name = "refresh_hash")
  private byte[] refreshHash;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "refreshed_at")
  private Instant refreshedAt;

  @Column(name = "ended_at")
  private @Nullable Instant endedAt;

  @Version
  @Column(name = "version")
  private long version;

  protected ChallengeSession() {}

  /**
   * @param secret the first refresh token
   * @param secretId of the challenge secret that its tokens are signed with
   */
  public ChallengeSession(
      OwnedSecret secret,
      UUID userId,
      String clientId,
      VerificationMethod method,
      UUID secretId,
      Instant now) {
    this.companyId = secret.companyId();
    this.id = secret.id();
    this.userId = userId;
    this.clientId = clientId;
    this.method = method;
    this.secretId = secretId;
    this.refreshHash = secret.hash();
    this.createdAt = now;
    this.refreshedAt = now;
  }

  public boolean isOpen(Instant now) {
    return endedAt == null
        && now.isBefore(refreshedAt.plus(IDLE))
        && now.isBefore(createdAt.plus(LONGEST));
  }

  /**
   * Takes a refresh token for the next one. One that was taken before is in two hands, and ends the
   * session (RFC 9700 section 4.14.2).
   *
   * @param with the challenge secret that is asked with
   * @return true where the next one counts from now on; false where the session does not go on
   */
  public boolean refresh(byte[] hash, OwnedSecret next, UUID with, Instant now) {
    if (!isOpen(now)) {
      return false;
    }
    if (!MessageDigest.isEqual(refreshHash, hash)) {
      end(now);
      return false;
    }
    refreshHash = next.hash();
    refreshedAt = now;
    secretId = with;
    return true;
  }

  public void end(Instant now) {
    if (endedAt == null) {
      endedAt = now;
    }
  }

  public UUID companyId() {
    return companyId;
  }

  public UUID id() {
    return id;
  }

  public UUID userId() {
    return userId;
  }

  public String clientId() {
    return clientId;
  }

  public VerificationMethod method() {
    return method;
  }

  public UUID secretId() {
    return secretId;
  }
}
