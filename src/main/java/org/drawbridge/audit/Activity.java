package org.drawbridge.audit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.drawbridge.kernel.Ids;
import org.drawbridge.kernel.OwnedId;

/** One entry of a company's activity log. Written once, never altered. */
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
}
