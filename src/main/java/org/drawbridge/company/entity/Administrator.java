package org.drawbridge.company.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.UUID;
import org.drawbridge.kernel.OwnedId;
import org.jspecify.annotations.Nullable;

/** Somebody, or some script, that administers one company; known by a bearer token. */
@Entity
@Table(name = "administrators")
@IdClass(OwnedId.class)
public class Administrator {

  @Id
  @Column(name = "company_id")
  private UUID companyId;

  @Id
  @Column(name = "id")
  private UUID id;

  @Column(name = "name")
  private String name;

  @Column(name = "email")
  private @Nullable String email;

  @Column(name = "token_hash")
  private byte[] tokenHash;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "revoked_at")
  private @Nullable Instant revokedAt;

  protected Administrator() {}

  /**
   * @param email where to tell what every administrator must know; null for nowhere
   * @param tokenHash SHA-256 of the token's 32 random bytes
   */
  public Administrator(
      UUID companyId,
      UUID id,
      String name,
      @Nullable String email,
      byte[] tokenHash,
      Instant createdAt) {
    this.companyId = companyId;
    this.id = id;
    this.name = name;
    this.email = email;
    this.tokenHash = tokenHash.clone();
    this.createdAt = createdAt;
  }

  /** Whether the hash is this administrator's and counts; compares in constant time. */
  public boolean isKnownBy(byte[] hash) {
    return MessageDigest.isEqual(tokenHash, hash) && revokedAt == null;
  }

  public boolean isRevoked() {
    return revokedAt != null;
  }

  public @Nullable String email() {
    return email;
  }

  public void revoke(Instant now) {
    if (revokedAt == null) {
      revokedAt = now;
    }
  }

  public UUID id() {
    return id;
  }

  public String name() {
    return name;
  }

  public Instant createdAt() {
    return createdAt;
  }

  public @Nullable Instant revokedAt() {
    return revokedAt;
  }
}
