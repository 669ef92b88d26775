package org.drawbridge.auth0.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.drawbridge.kernel.OwnedId;

/**
 * A call that was done, kept for a day so that its retry, which brings the same token, does nothing
 * a second time; or something it told, kept for as long as later calls may repeat it. The account
 * or number that it was about is kept as a keyed hash.
 */
@Entity
@Table(name = "answered_calls")
@IdClass(OwnedId.class)
public class AnsweredCall {

  @Id
  @Column(name = "company_id")
  private UUID companyId;

  @Id
  @Column(name = "id")
  private UUID id;

  @Column(name = "application_id")
  private UUID applicationId;

  @Column(name = "kind")
  private String kind;

  @Column(name = "token_hash")
  private String tokenHash;

  @Column(name = "subject_hash")
  private String subjectHash;

  @Column(name = "called_at")
  private Instant calledAt;

  protected AnsweredCall() {}

  /**
   * @param kind which call, in kebab-case
   * @param tokenHash of the token's {@code jti}, or of what was told
   */
  public AnsweredCall(
      UUID companyId,
      UUID id,
      UUID applicationId,
      String kind,
      String tokenHash,
      String subjectHash,
      Instant now) {
    this.companyId = companyId;
    this.id = id;
    this.applicationId = applicationId;
    this.kind = kind;
    this.tokenHash = tokenHash;
    this.subjectHash = subjectHash;
    this.calledAt = now;
  }
}
