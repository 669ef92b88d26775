package org.drawbridge.credential.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.drawbridge.kernel.OwnedId;
import org.jspecify.annotations.Nullable;

/**
 * A credential record (WebAuthn Level 3 section 4). Its life: registered by a ceremony, given to a
 * user once it is certain whose it is, and used until it is removed. Before it is given, nobody can
 * sign in with it.
 */
@Entity
@Table(name = "credential_records")
@IdClass(OwnedId.class)
public class CredentialRecord {

  @Id
  @Column(name = "company_id")
  private UUID companyId;

  @Id
  @Column(name = "id")
  private UUID id;

  @Column(name = "user_id")
  private @Nullable UUID userId;

  @Column(name = "credential_id")
  private byte[] credentialId;

  @Column(name = "user_handle")
  private byte[] userHandle;

  @Column(name = "public_key")
  private byte[] publicKey;

  @Column(name = "signature_count")
  private long signatureCount;

  @Column(name = "aaguid")
  private UUID aaguid;

  @Column(name = "nickname")
  private String nickname;

  @Column(name = "transports")
  private String transports;

  @Column(name = "discoverable")
  private @Nullable Boolean discoverable;

  @Column(name = "backup_eligible")
  private boolean backupEligible;

  @Column(name = "backed_up")
  private boolean backedUp;

  @Column(name = "attestation_format")
  private String attestationFormat;

  @Column(name = "attestation_trusted")
  private boolean attestationTrusted;

  @Column(name = "application_id")
  private @Nullable UUID applicationId;

  @Column(name = "subject")
  private @Nullable String subject;

  @Column(name = "username")
  private String username;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "last_used_at")
  private @Nullable Instant lastUsedAt;

  @Version
  @Column(name = "version")
  private long version;

  protected CredentialRecord() {}

  public CredentialRecord(Ceremony ceremony, UUID id, NewCredential made, Instant now) {
    this.companyId = ceremony.companyId();
    this.id = id;
    this.userId = ceremony.userId();
    this.applicationId = ceremony.applicationId();
    this.subject = ceremony.subject();
    this.username = ceremony.username();
    this.nickname = ceremony.nickname();
    this.credentialId = made.credentialId().clone();
    this.userHandle = made.userHandle().clone();
    this.publicKey = made.publicKey().clone();
    this.signatureCount = made.signatureCount();
    this.aaguid = made.aaguid();
    this.transports = String.join(",", made.transports());
    this.discoverable = made.discoverable();
    this.backupEligible = made.backupEligible();
    this.backedUp = made.backedUp();
    this.attestationFormat = made.attestationFormat();
    this.attestationTrusted = made.attestationTrusted();
    this.createdAt = now;
  }

  /**
   * Gives the credential to its user, who may sign in with it from now on.
   *
   * @throws CredentialUnknown where it is another user's
   */
  public void giveTo(UUID user) {
    if (userId != null && !userId.equals(user)) {
      throw new CredentialUnknown();
    }
    userId = user;
  }

  /** Whether it was made by this application for this account and user name, and is nobody's. */
  public boolean awaits(UUID application, String account, String name) {
    return userId == null
        && application.equals(applicationId)
        && account.equals(subject)
        && name.equals(username);
  }

  /**
   * Whose assertion this is. Checked here whatever a library has checked before: an assertion must
   * never sign somebody in with another user's credential.
   *
   * @param expected the user who is to sign in; null where the credential alone says who
   * @param signedFor the user handle that the authenticator answered; null where it answered none
   * @throws CredentialUnknown where the credential is nobody's yet, or not that user's
   */
  public UUID requireOwner(@Nullable UUID expected, byte @Nullable [] signedFor) {
    if (userId == null
        || (expected != null && !expected.equals(userId))
        || (signedFor == null && expected == null)
        || (signedFor != null && !MessageDigest.isEqual(signedFor, userHandle))) {
      throw new CredentialUnknown();
    }
    return userId;
  }

  /** Notes a use (section 7.2 steps 22 to 24). */
  public void used(long newSignatureCount, boolean isBackedUp, Instant now) {
    signatureCount = newSignatureCount;
    backedUp = isBackedUp;
    lastUsedAt = now;
  }

  public void rename(String newNickname) {
    nickname = newNickname;
  }

  public UUID companyId() {
    return companyId;
  }

  public UUID id() {
    return id;
  }

  public @Nullable UUID userId() {
    return userId;
  }

  public byte[] credentialId() {
    return credentialId.clone();
  }

  public byte[] userHandle() {
    return userHandle.clone();
  }

  /** In COSE_Key format (RFC 9052 section 7). */
  public byte[] publicKey() {
    return publicKey.clone();
  }

  public long signatureCount() {
    return signatureCount;
  }

  public UUID aaguid() {
    return aaguid;
  }

  public String nickname() {
    return nickname;
  }

  public List<String> transports() {
    return transports.isEmpty() ? List.of() : Arrays.asList(transports.split(","));
  }

  /** Null where the client did not say. */
  public @Nullable Boolean discoverable() {
    return discoverable;
  }

  public boolean isBackupEligible() {
    return backupEligible;
  }

  public boolean isBackedUp() {
    return backedUp;
  }

  public String attestationFormat() {
    return attestationFormat;
  }

  public boolean isAttestationTrusted() {
    return attestationTrusted;
  }

  public Instant createdAt() {
    return createdAt;
  }

  public @Nullable Instant lastUsedAt() {
    return lastUsedAt;
  }
}
