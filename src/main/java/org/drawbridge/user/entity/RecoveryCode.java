package org.drawbridge.user.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.drawbridge.kernel.OwnedId;
import org.jspecify.annotations.Nullable;

/** One of a user's recovery codes, which lets the person in once; kept as a MAC. */
@Entity
@Table(name = "recovery_codes")
@IdClass(OwnedId.class)
public class RecoveryCode {

  @Id
  @Column(name = "company_id")
  private UUID companyId;

  @Id
  @Column(name = "id")
  private UUID id;

  @Column(name = "user_id")
  private UUID userId;

  @Column(name = "code_mac")
  private byte[] mac;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "used_at")
  private @Nullable Instant usedAt;

  protected RecoveryCode() {}

  public RecoveryCode(UUID companyId, UUID id, UUID userId, byte[] mac, Instant now) {
    this.companyId = companyId;
    this.id = id;
    this.userId = userId;
    this.mac = mac.clone();
    this.createdAt = now;
  }

  public void used(Instant now) {
    usedAt = now;
  }

  public byte[] mac() {
    return mac.clone();
  }
}
