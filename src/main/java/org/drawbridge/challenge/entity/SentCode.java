package org.drawbridge.challenge.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.drawbridge.kernel.OwnedId;

/** A code that was sent for an attempt; kept as a MAC. The newest alone counts. */
@Entity
@Table(name = "challenge_codes")
@IdClass(OwnedId.class)
public class SentCode {

  public static final Duration LIFETIME = Duration.ofMinutes(10);

  @Id
  @Column(name = "company_id")
  private UUID companyId;

  @Id
  @Column(name = "id")
  private UUID id;

  @Column(name = "attempt_id")
  private UUID attemptId;

  @Enumerated(EnumType.STRING)
  @Column(name = "verification_method")
  private VerificationMethod method;

  @Column(name = "recipient")
  private String recipient;

  @Column(name = "code_mac")
  private byte[] mac;

  @Column(name = "created_at")
  private Instant createdAt;

  protected SentCode() {}

  /**
   * @param mac of {@link #message}
   */
  public SentCode(
      Attempt attempt,
      UUID id,
      VerificationMethod method,
      String recipient,
      byte[] mac,
      Instant now) {
    this.companyId = attempt.companyId();
    this.id = id;
    this.attemptId = attempt.id();
    this.method = method;
    this.recipient = recipient;
    this.mac = mac.clone();
    this.createdAt = now;
  }

  /** What the MAC is over, so that a code counts for one attempt and one way. */
  public static byte[] message(UUID attemptId, VerificationMethod method, String code) {
    return (attemptId + "/" + method + "/" + code).getBytes(StandardCharsets.UTF_8);
  }

  public boolean counts(Instant now) {
    return now.isBefore(createdAt.plus(LIFETIME));
  }

  public VerificationMethod method() {
    return method;
  }

  public String recipient() {
    return recipient;
  }

  public byte[] mac() {
    return mac.clone();
  }
}
