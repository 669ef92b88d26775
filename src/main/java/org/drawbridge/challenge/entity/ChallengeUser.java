package org.drawbridge.challenge.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.drawbridge.challenge.entity.Contact.Told;
import org.drawbridge.kernel.Dialling;
import org.drawbridge.kernel.OwnedId;
import org.jspecify.annotations.Nullable;

/**
 * Somebody whose actions are tracked. Its user id is the name that the company's identity provider
 * has for the account; it, or the e-mail address, is the {@code userAccountId} of a protected
 * account where there is one.
 */
@Entity
@Table(name = "challenge_users")
@IdClass(OwnedId.class)
public class ChallengeUser {

  /** So many wrong codes are taken in {@link #WRONG_CODES_WINDOW}. */
  static final int MOST_WRONG_CODES = 20;

  static final Duration WRONG_CODES_WINDOW = Duration.ofHours(1);

  @Id
  @Column(name = "company_id")
  private UUID companyId;

  @Id
  @Column(name = "id")
  private UUID id;

  @Column(name = "user_id")
  private String userId;

  @Embedded private Contact contact;

  @Embedded private Whereabouts whereabouts;

  @Column(name = "display_name")
  private @Nullable String displayName;

  @Column(name = "custom")
  private String custom;

  @Enumerated(EnumType.STRING)
  @Column(name = "default_method")
  private @Nullable VerificationMethod defaultMethod;

  @Column(name = "wrong_codes")
  private int wrongCodes;

  @Column(name = "wrong_codes_since")
  private @Nullable Instant wrongCodesSince;

  @Column(name = "created_at")
  private Instant createdAt;

  @Version
  @Column(name = "version")
  private long version;

  protected ChallengeUser() {}

  public ChallengeUser(UUID companyId, UUID id, String userId, Instant now) {
    this.companyId = companyId;
    this.id = id;
    this.userId = userId;
    this.contact = new Contact();
    this.whereabouts = new Whereabouts();
    this.custom = "{}";
    this.createdAt = now;
  }

  /** Whether an identity provider that tells this tells nothing new. */
  public boolean knows(Told told) {
    return contact.knows(told);
  }

  /** What an identity provider tells counts as long as nothing else was verified. */
  public void learn(Told told) {
    contact.learn(told);
  }

  /** An address that changes is not verified any more. */
  public void reachableAt(@Nullable String email) {
    contact.reachableAt(email);
  }

  /** A number that changes is not verified any more. */
  public void phonedAt(@Nullable String phone) {
    contact.phonedAt(phone);
  }

  /** The company vouches for the address, or takes that back. */
  public void verifiedEmail(boolean verified) {
    contact.verifiedEmail(verified);
  }

  /** The company vouches for the number, or takes that back. */
  public void verifiedPhone(boolean verified) {
    contact.verifiedPhone(verified);
  }

  /**
   * The person has told a code that went there. Where none of its kind was known, that is the
   * person's; where it is the person's, it is verified.
   */
  public void answeredAt(VerificationMethod method, String recipient) {
    if (method == VerificationMethod.SMS) {
      if (phone() == null) {
        phonedAt(recipient);
      }
      if (phone() != null && Dialling.digits(recipient).equals(Dialling.digits(phone()))) {
        verifiedPhone(true);
      }
    } else {
      if (email() == null) {
        reachableAt(recipient);
      }
      if (recipient.equals(email())) {
        verifiedEmail(true);
      }
    }
  }

  public void named(@Nullable String username) {
    contact.named(username);
  }

  public void shownAs(@Nullable String newDisplayName) {
    displayName = newDisplayName;
  }

  public void speaks(@Nullable String locale) {
    contact.speaks(locale);
  }

  /**
   * @param json an object
   */
  public void describedBy(String json) {
    custom = json;
  }

  /** The method to be offered first. */
  public void prefers(VerificationMethod method) {
    defaultMethod = method;
  }

  /** The methods, the preferred one first. */
  public List<VerificationMethod> ordered(Set<VerificationMethod> methods) {
    return VerificationMethod.ordered(methods, defaultMethod);
  }

  /**
   * Each attempt takes some wrong codes; all of a user's together take no more than these, so that
   * nobody guesses a code by attempting often.
   *
   * @throws TooManyTries where there were too many lately
   */
  public void requireTries(Instant now) {
    if (wrongCodesSince != null
        && now.isBefore(wrongCodesSince.plus(WRONG_CODES_WINDOW))
        && wrongCodes >= MOST_WRONG_CODES) {
      throw new TooManyTries(Duration.between(now, wrongCodesSince.plus(WRONG_CODES_WINDOW)));
    }
  }

  public void wrongCode(Instant now) {
    if (wrongCodesSince == null || !now.isBefore(wrongCodesSince.plus(WRONG_CODES_WINDOW))) {
      wrongCodesSince = now;
      wrongCodes = 0;
    }
    wrongCodes++;
  }

  /** The person was let in from there. */
  public void wasAt(Place place, Instant now) {
    whereabouts.add(place, now);
  }

  public Whereabouts whereabouts() {
    return whereabouts;
  }

  public OwnedId key() {
    return new OwnedId(companyId, id);
  }

  public UUID companyId() {
    return companyId;
  }

  public UUID id() {
    return id;
  }

  public String userId() {
    return userId;
  }

  /** What protected accounts of the person may be named. */
  public Set<String> accountNames() {
    return contact.accountNames(userId);
  }

  public @Nullable String email() {
    return contact.email();
  }

  public boolean isEmailVerified() {
    return contact.isEmailVerified();
  }

  public @Nullable String phone() {
    return contact.phone();
  }

  public boolean isPhoneVerified() {
    return contact.isPhoneVerified();
  }

  public @Nullable String username() {
    return contact.username();
  }

  public @Nullable String displayName() {
    return displayName;
  }

  public @Nullable String locale() {
    return contact.locale();
  }

  /** A JSON object. */
  public String custom() {
    return custom;
  }
}
