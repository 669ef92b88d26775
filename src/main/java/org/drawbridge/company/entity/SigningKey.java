package org.drawbridge.company.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.drawbridge.kernel.OwnedId;
import org.jspecify.annotations.Nullable;

/** The HMAC secret of one application, sealed at rest; several may count at once. */
@Entity
@Table(name = "signing_keys")
@IdClass(OwnedId.class)
public class SigningKey {

  @Id
  @Column(name = "company_id")
  private UUID companyId;

  @Id
  @Column(name = "id")
  private UUID id;

  @Column(name = "application_id")
  private UUID applicationId;

  @Column(name = "sealed")
  private byte[] sealed;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "revoked_at")
  private @Nullable Instant revokedAt;

  @Column(name = "last_used_at", insertable = false, updatable = false)
  private @Nullable Instant lastUsedAt;

  protected SigningKey() {}

  public SigningKey(UUID companyId, UUID id, UUID applicationId, byte[] sealed, Instant createdAt) {
    this.companyId = companyId;
    this.id = id;
    this.applicationId = applicationId;
    this.sealed = sealed.clone();
    this.createdAt = createdAt;
  }

  /** What {@link org.drawbridge.kernel.Vault} is told when it seals and opens the secret. */
  public static String context(UUID companyId, UUID id) {
    return "signing_keys/" + companyId + "/" + id;
  }

  /** The key counts no more; revoking it again changes nothing. */
  public void revoke(Instant now) {
    if (revokedAt == null) {
      revokedAt = now;
    }
  }

  public UUID companyId() {
    return companyId;
  }

  public UUID id() {
    return id;
  }

  public byte[] sealed() {
    return sealed.clone();
  }

  public Instant createdAt() {
    return createdAt;
  }

  public boolean isRevoked() {
    return revokedAt != null;
  }

  public @Nullable Instant revokedAt() {
    return revokedAt;
  }

  /** When it last verified a request; written now and then, so up to a minute late. */
  public @Nullable Instant lastUsedAt() {
    return lastUsedAt;
  }
}
