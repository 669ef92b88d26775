package org.drawbridge.user.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.drawbridge.kernel.OwnedId;
import org.jspecify.annotations.Nullable;

/**
 * A code that a company keeps in an envelope: it unlocks one account for some minutes, once, even
 * where a policy holds it. Kept as a MAC.
 */
@Entity
@Table(name = "break_glass_codes")
@IdClass(OwnedId.class)
public class BreakGlassCode {

  @Id
  @Column(name = "company_id")
  private UUID companyId;

  @Id
  @Column(name = "id")
  private UUID id;

  @Column(name = "code_mac")
  private byte[] mac;

  @Column(name = "minutes")
  private int minutes;

  @Column(name = "created_by")
  private String createdBy;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "expiry")
  private Instant expiry;

  @Column(name = "revoked_at")
  private @Nullable Instant revokedAt;

  @Column(name = "used_at")
  private @Nullable Instant usedAt;

  @Column(name = "used_for")
  private @Nullable UUID usedFor;

  protected BreakGlassCode() {}

  /**
   * @param minutes how long an unlock by it lasts
   */
  public BreakGlassCode(
      UUID companyId,
      UUID id,
      byte[] mac,
      int minutes,
      String createdBy,
      Instant createdAt,
      Instant expiry) {
    this.companyId = companyId;
    this.id = id;
    this.mac = mac.clone();
    this.minutes = minutes;
    this.createdBy = createdBy;
    this.createdAt = createdAt;
    this.expiry = expiry;
  }

  public boolean counts(Instant now) {
    return usedAt == null && revokedAt == null && now.isBefore(expiry);
  }

  public void use(UUID account, Instant now) {
    usedAt = now;
    usedFor = account;
  }

  /** Revoking it again, or after its use, changes nothing. */
  public void revoke(Instant now) {
    if (counts(now)) {
      revokedAt = now;
    }
  }

  public byte[] mac() {
    return mac.clone();
  }

  public Duration lasting() {
    return Duration.ofMinutes(minutes);
  }

  public UUID id() {
    return id;
  }

  public String createdBy() {
    return createdBy;
  }

  public Instant createdAt() {
    return createdAt;
  }

  public Instant expiry() {
    return expiry;
  }

  public @Nullable Instant revokedAt() {
    return revokedAt;
  }

  public @Nullable Instant usedAt() {
    return usedAt;
  }

  /** The account. */
  public @Nullable UUID usedFor() {
    return usedFor;
  }
}
