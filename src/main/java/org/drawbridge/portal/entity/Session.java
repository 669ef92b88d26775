package org.drawbridge.portal.entity;

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
 * A person's session on one browser. It ends when the person ends it, {@link #IDLE} after its last
 * use, and {@link #ABSOLUTE} after its beginning at the latest.
 */
@Entity
@Table(name = "sessions")
@IdClass(OwnedId.class)
public class Session {

  public static final Duration IDLE = Duration.ofMinutes(30);
  public static final Duration ABSOLUTE = Duration.ofHours(12);

  /** A use is noted so often, not with each request. */
  private static final Duration PRECISION = Duration.ofMinutes(1);

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

  @Column(name = "user_agent")
  private String userAgent;

  @Column(name = "created_at")
  private Instant createdAt;

  /** Noted by itself: an update of the whole row could undo that the session has ended. */
  @Column(name = "last_used_at", updatable = false)
  private Instant lastUsedAt;

  @Column(name = "ended_at")
  private @Nullable Instant endedAt;

  protected Session() {}

  public Session(OwnedSecret secret, UUID userId, String userAgent, Instant now) {
    this.companyId = secret.companyId();
    this.id = secret.id();
    this.userId = userId;
    this.secretHash = secret.hash();
    this.userAgent = userAgent;
    this.createdAt = now;
    this.lastUsedAt = now;
  }

  public boolean isOpenedBy(byte[] hash, Instant now) {
    return MessageDigest.isEqual(secretHash, hash) && isOpen(now);
  }

  public boolean isOpen(Instant now) {
    return endedAt == null && now.isBefore(expiry());
  }

  public Instant expiry() {
    Instant idle = lastUsedAt.plus(IDLE);
    Instant absolute = createdAt.plus(ABSOLUTE);
    return idle.isBefore(absolute) ? idle : absolute;
  }

  /** Answers whether that is to be noted. */
  public boolean used(Instant now) {
    boolean isNoted = lastUsedAt.plus(PRECISION).isBefore(now);
    if (isNoted) {
      lastUsedAt = now;
    }
    return isNoted;
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

  public String userAgent() {
    return userAgent;
  }

  public Instant createdAt() {
    return createdAt;
  }

  public Instant lastUsedAt() {
    return lastUsedAt;
  }
}
