package org.drawbridge.registration.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.drawbridge.kernel.Dialling;
import org.drawbridge.kernel.OwnedId;
import org.jspecify.annotations.Nullable;

/**
 * A sign-up that waits for its confirmation code, of which there is one by mail and another by SMS.
 * One of them counts once, for {@link #LIFETIME} and {@link #TRIES} tries; a newer sign-up of the
 * same person takes its place.
 */
@Entity
@Table(name = "sign_ups")
@IdClass(OwnedId.class)
public class SignUp {

  public static final Duration LIFETIME = Duration.ofMinutes(10);
  public static final int TRIES = 5;

  @Id
  @Column(name = "company_id")
  private UUID companyId;

  @Id
  @Column(name = "id")
  private UUID id;

  @Column(name = "application_id")
  private UUID applicationId;

  @Column(name = "subject")
  private String subject;

  @Embedded private Person person;

  @Column(name = "credential_record_id")
  private UUID credentialRecordId;

  @Column(name = "code_mac")
  private byte[] mailedCodeMac;

  @Column(name = "sms_code_mac")
  private byte[] textedCodeMac;

  @Column(name = "mailed_to")
  private @Nullable String mailedTo;

  @Column(name = "texted_to")
  private @Nullable String textedTo;

  @Column(name = "tries")
  private int tries;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "expiry")
  private Instant expiry;

  @Column(name = "finished_at")
  private @Nullable Instant finishedAt;

  protected SignUp() {}

  /**
   * @param id also goes into the codes' MACs
   * @param mailedCodeMac of the code that goes by mail; what comes back proves the e-mail address
   * @param textedCodeMac of the code that goes by SMS
   */
  public SignUp(
      UUID companyId,
      UUID id,
      UUID applicationId,
      String subject,
      Person person,
      UUID credentialRecordId,
      byte[] mailedCodeMac,
      byte[] textedCodeMac,
      Instant now) {
    this.companyId = companyId;
    this.id = id;
    this.applicationId = applicationId;
    this.subject = subject;
    this.person = person;
    this.credentialRecordId = credentialRecordId;
    this.mailedCodeMac = mailedCodeMac.clone();
    this.textedCodeMac = textedCodeMac.clone();
    this.createdAt = now;
    this.expiry = now.plus(LIFETIME);
  }

  /**
   * Counts one try.
   *
   * @throws ConfirmationRefused where the code counts no more
   */
  public void tried(Instant now) {
    if (finishedAt != null || tries >= TRIES || !now.isBefore(expiry)) {
      throw new ConfirmationRefused();
    }
    tries++;
  }

  /** Remembers who was written to, which need not be who signs up. */
  public void sentTo(String email, @Nullable String phone) {
    mailedTo = email;
    textedTo = phone;
  }

  /** Whether anybody was sent the code that goes by SMS. */
  public boolean wasTexted() {
    return textedTo != null;
  }

  /** Whether the code that goes by mail went to that address, in whatever case it is written. */
  public boolean wasMailedTo(String email) {
    return email.equalsIgnoreCase(mailedTo);
  }

  /** Whether the code that goes by SMS went to that number, however it is punctuated. */
  public boolean wasTextedTo(@Nullable String phone) {
    return phone != null && Dialling.digits(phone).equals(textedTo);
  }

  public void finish(Instant now) {
    finishedAt = now;
  }

  public UUID companyId() {
    return companyId;
  }

  public UUID id() {
    return id;
  }

  public Person person() {
    return person;
  }

  public UUID credentialRecordId() {
    return credentialRecordId;
  }

  public byte[] mailedCodeMac() {
    return mailedCodeMac.clone();
  }

  public byte[] textedCodeMac() {
    return textedCodeMac.clone();
  }
}
