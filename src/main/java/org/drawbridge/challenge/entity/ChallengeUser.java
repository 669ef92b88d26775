package org.drawbridge.challenge.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.drawbridge.kernel.OwnedId;
import org.jspecify.annotations.Nullable;

/**
 * Somebody whose actions are tracked. Its user id is the name that the company's identity provider
 * has for the account, the {@code userAccountId} of a protected account where there is one.
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

  @Column(name = "email")
  private @Nullable String email;

  @Column(name = "email_verified")
  private boolean emailVerified;

  @Column(name = "phone")
  private @Nullable String phone;

  @Column(name = "phone_verified")
  private boolean phoneVerified;

  @Column(name = "username")
  private @Nullable String username;

  @Column(name = "display_name")
  private @Nullable String displayName;

  @Column(name = "locale")
  private @Nullable String locale;

  @Column(name = "custom")
  private String custom;

  @Enumerated(EnumType.STRING)
  @Column(name = "default_method")
  private @Nullable VerificationMethod defaultMethod;

  @Column(name = "wrong_codes")
  private int wrongCodes;

  @Column(name = "wrong_codes_since")
  private @Nullable Instant wrongCodesSince;

  @Column(name = "countries")
  private String countries;

  @Column(name = "last_latitude")
  private @Nullable Double lastLatitude;

  @Column(name = "last_longitude")
  private @Nullable Double lastLongitude;

  @Column(name = "last_placed_at")
  private @Nullable Instant lastPlacedAt;

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
    this.custom = "{}";
    this.countries = "";
    this.createdAt = now;
  }

  /**
   * Whether an identity provider that tells this tells nothing new; null where it tells nothing.
   */
  public boolean knows(
      @Nullable String toldEmail,
      @Nullable String toldPhone,
      @Nullable String toldUsername,
      @Nullable String toldLocale) {
    return (toldEmail == null || emailVerified || toldEmail.equals(email))
        && (toldPhone == null || phoneVerified || toldPhone.equals(phone))
        && (toldUsername == null || toldUsername.equals(username))
        && (toldLocale == null || toldLocale.equals(locale));
  }

  /** An address that changes is not verified any more. */
  public void reachableAt(@Nullable String newEmail) {
    if (newEmail == null || !newEmail.equals(email)) {
      email = newEmail;
      emailVerified = false;
    }
  }

  public void phonedAt(@Nullable String newPhone) {
    if (newPhone == null || !newPhone.equals(phone)) {
      phone = newPhone;
      phoneVerified = false;
    }
  }

  /** The company vouches for the address, or takes that back. */
  public void verifiedEmail(boolean verified) {
    emailVerified = verified && email != null;
  }

  /** The company vouches for the number, or takes that back. */
  public void verifiedPhone(boolean verified) {
    phoneVerified = verified && phone != null;
  }

  public void named(@Nullable String newUsername) {
    username = newUsername;
  }

  public void shownAs(@Nullable String newDisplayName) {
    displayName = newDisplayName;
  }

  public void speaks(@Nullable String newLocale) {
    locale = newLocale;
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
  public List<VerificationMethod> ordered(Collection<VerificationMethod> methods) {
    return methods.stream()
        .sorted(Comparator.<VerificationMethod, Boolean>comparing(m -> m != defaultMethod))
        .toList();
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
      throw new TooManyTries();
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
    if (place.country() != null && isNewCountry(place)) {
      countries = (countries + " " + place.country()).strip();
    }
    if (place.latitude() != null) {
      lastLatitude = place.latitude();
      lastLongitude = place.longitude();
      lastPlacedAt = now;
    }
  }

  /** Whether the person was never let in from that country; true for an unknown one. */
  public boolean isNewCountry(Place place) {
    return place.country() == null || !List.of(countries.split(" ")).contains(place.country());
  }

  /**
   * Whether nobody could have come there since the person was let in last; null where that cannot
   * be told.
   */
  public @Nullable Boolean isImpossibleTravel(Place place, Instant now) {
    return lastPlacedAt == null
        ? null
        : new Place(null, lastLatitude, lastLongitude)
            .isOutOfReach(place, Duration.between(lastPlacedAt, now));
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

  public @Nullable String email() {
    return email;
  }

  public boolean isEmailVerified() {
    return emailVerified;
  }

  public @Nullable String phone() {
    return phone;
  }

  public boolean isPhoneVerified() {
    return phoneVerified;
  }

  public @Nullable String username() {
    return username;
  }

  public @Nullable String displayName() {
    return displayName;
  }

  public @Nullable String locale() {
    return locale;
  }

  /** A JSON object. */
  public String custom() {
    return custom;
  }
}
