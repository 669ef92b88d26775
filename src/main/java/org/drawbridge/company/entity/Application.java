package org.drawbridge.company.entity;

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
import org.drawbridge.kernel.OwnedId;
import org.jspecify.annotations.Nullable;

/**
 * What is protected. Its life: added with a domain URL, validated once somebody proves that the
 * domain is theirs, and from then on able to have signing keys.
 *
 * <p>Its version rises with every change of its settings and of its keys; a check compares it, so
 * that a cached application is never believed for longer than it is true.
 */
@Entity
@Table(name = "applications")
@IdClass(OwnedId.class)
public class Application {

  @Id
  @Column(name = "company_id")
  private UUID companyId;

  @Id
  @Column(name = "id")
  private UUID id;

  @Column(name = "name")
  private String name;

  @Column(name = "url")
  private String url;

  @Column(name = "host")
  private String host;

  @Column(name = "validation_token")
  private String validationToken;

  @Column(name = "validated_at")
  private @Nullable Instant validatedAt;

  @Enumerated(EnumType.STRING)
  @Column(name = "unknown_account")
  private UnknownAccount unknownAccount;

  @Enumerated(EnumType.STRING)
  @Column(name = "on_failure")
  private OnFailure onFailure;

  @Column(name = "initial_lock_status")
  private boolean initialLockStatus;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "keys_changed_at")
  private Instant keysChangedAt;

  @Version
  @Column(name = "version")
  private long version;

  protected Application() {}

  public Application(
      UUID companyId, UUID id, String name, DomainUrl domain, String validationToken, Instant now) {
    this.companyId = companyId;
    this.id = id;
    this.name = name;
    this.url = domain.url();
    this.host = domain.host();
    this.validationToken = validationToken;
    this.unknownAccount = UnknownAccount.ALLOW;
    this.onFailure = OnFailure.UNAVAILABLE;
    this.createdAt = now;
    this.keysChangedAt = now;
  }

  /** Notes the proof that the domain belongs to the company; a later proof changes nothing. */
  public void validated(Instant now) {
    if (validatedAt == null) {
      validatedAt = now;
    }
  }

  /**
   * Takes a new signing key, or notes that one was revoked.
   *
   * @throws DomainNotValidated before the domain is validated
   */
  public void changeKeys(Instant now) {
    if (validatedAt == null) {
      throw new DomainNotValidated();
    }
    keysChangedAt = now;
  }

  public void rename(String newName) {
    this.name = newName;
  }

  /**
   * Takes over what is said; null leaves a setting as it is.
   *
   * @param startsLocked whether accounts added from now on start locked
   */
  public void configure(
      @Nullable UnknownAccount unknown,
      @Nullable OnFailure failure,
      @Nullable Boolean startsLocked) {
    unknownAccount = unknown == null ? unknownAccount : unknown;
    onFailure = failure == null ? onFailure : failure;
    initialLockStatus = startsLocked == null ? initialLockStatus : startsLocked;
  }

  public UUID companyId() {
    return companyId;
  }

  public UUID id() {
    return id;
  }

  public String name() {
    return name;
  }

  public String url() {
    return url;
  }

  public String host() {
    return host;
  }

  public String validationToken() {
    return validationToken;
  }

  public boolean isValidated() {
    return validatedAt != null;
  }

  public UnknownAccount unknownAccount() {
    return unknownAccount;
  }

  public OnFailure onFailure() {
    return onFailure;
  }

  public boolean startsAccountsLocked() {
    return initialLockStatus;
  }

  public Instant createdAt() {
    return createdAt;
  }

  public long version() {
    return version;
  }
}
