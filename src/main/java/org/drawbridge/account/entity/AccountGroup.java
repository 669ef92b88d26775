package org.drawbridge.account.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.drawbridge.kernel.OwnedId;
import org.jspecify.annotations.Nullable;

/** A named set of a company's accounts, known by a key that the company chooses. */
@Entity
@Table(name = "account_groups")
@IdClass(OwnedId.class)
public class AccountGroup {

  @Id
  @Column(name = "company_id")
  private UUID companyId;

  @Id
  @Column(name = "id")
  private UUID id;

  @Column(name = "group_key")
  private String key;

  @Column(name = "group_name")
  private String name;

  @Column(name = "group_description")
  private @Nullable String description;

  @Column(name = "created_by")
  private String createdBy;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "modified_by")
  private String modifiedBy;

  @Column(name = "modified_at")
  private Instant modifiedAt;

  @Version
  @Column(name = "version")
  private long version;

  protected AccountGroup() {}

  public AccountGroup(
      UUID companyId,
      UUID id,
      String key,
      String name,
      @Nullable String description,
      String actor,
      Instant now) {
    this.companyId = companyId;
    this.id = id;
    this.key = key;
    this.name = name;
    this.description = description;
    this.createdBy = actor;
    this.createdAt = now;
    this.modifiedBy = actor;
    this.modifiedAt = now;
  }

  /** Notes who changed its members. */
  public void membersChanged(String actor, Instant now) {
    this.modifiedBy = actor;
    this.modifiedAt = now;
  }

  public UUID companyId() {
    return companyId;
  }

  public UUID id() {
    return id;
  }

  public String key() {
    return key;
  }

  public String name() {
    return name;
  }

  public @Nullable String description() {
    return description;
  }

  public String createdBy() {
    return createdBy;
  }

  public Instant createdAt() {
    return createdAt;
  }

  public String modifiedBy() {
    return modifiedBy;
  }

  public Instant modifiedAt() {
    return modifiedAt;
  }
}
