package org.drawbridge.user.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.drawbridge.kernel.OwnedId;
import org.jspecify.annotations.Nullable;

/**
 * An import too large to wait for. Its life: accepted, then finished with a result for each row.
 */
@Entity
@Table(name = "user_imports")
@IdClass(OwnedId.class)
public class UserImport {

  /** How far it has come. */
  public enum Status {
    ACCEPTED,
    FINISHED
  }

  @Id
  @Column(name = "company_id")
  private UUID companyId;

  @Id
  @Column(name = "id")
  private UUID id;

  @Enumerated(EnumType.STRING)
  @Column(name = "status")
  private Status status;

  @Column(name = "actor")
  private String actor;

  @Column(name = "request")
  private String request;

  @Column(name = "results")
  private @Nullable String results;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "finished_at")
  private @Nullable Instant finishedAt;

  protected UserImport() {}

  /**
   * @param request the JSON array that was sent
   */
  public UserImport(UUID companyId, UUID id, String actor, String request, Instant now) {
    this.companyId = companyId;
    this.id = id;
    this.status = Status.ACCEPTED;
    this.actor = actor;
    this.request = request;
    this.createdAt = now;
  }

  /**
   * @param json the results, as the answer shows them
   */
  public void finish(String json, Instant now) {
    status = Status.FINISHED;
    results = json;
    finishedAt = now;
  }

  public UUID companyId() {
    return companyId;
  }

  public UUID id() {
    return id;
  }

  public Status status() {
    return status;
  }

  public String actor() {
    return actor;
  }

  public String request() {
    return request;
  }

  public @Nullable String results() {
    return results;
  }
}
