package org.drawbridge.audit.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.drawbridge.kernel.Ids;
import org.drawbridge.kernel.OwnedId;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a company's activity log. Written once, never altered; its place in the chain is put
 * down afterwards.
 */
@Entity
@Table(name = "activities")
@IdClass(OwnedId.class)
public class Activity {

  @Id
  @Column(name = "company_id")
  private UUID companyId;

  @Id
  @Column(name = "id")
  private UUID id;

  @Column(name = "occurred_at")
  private Instant occurredAt;

  @Column(name = "type")
  private String type;

  @Column(name = "subject_id")
  private UUID subjectId;

  @Column(name = "actor")
  private String actor;

  @Column(name = "details")
  private String details;

  @Column(name = "number", insertable = false, updatable = false)
  private @Nullable Long number;

  @Column(name = "hash", insertable = false, updatable = false)
  private @Nullable String hash;

  protected Activity() {}

  /**
   * @param details a JSON object
   */
  public Activity(
      UUID companyId, String type, UUID subjectId, String actor, String details, Instant now) {
    this.companyId = companyId;
    this.id = Ids.next(now);
    this.occurredAt = now;
    this.type = type;
    this.subjectId = subjectId;
    this.actor = actor;
    this.details = details;
  }

  public UUID companyId() {
    return companyId;
  }

  public UUID id() {
    return id;
  }

  public Instant occurredAt() {
    return occurredAt;
  }

  public String type() {
    return type;
  }

  public UUID subjectId() {
    return subjectId;
  }

  public String actor() {
    return actor;
  }

  public String details() {
    return details;
  }

  /** From 1, in the company's chain; null until it is chained. */
  public @Nullable Long number() {
    return number;
  }

  /** Over this entry and the hash of the one before, in hexadecimal; null until it is chained. */
  public @Nullable String hash() {
    return hash;
  }
}
