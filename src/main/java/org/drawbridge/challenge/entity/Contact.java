package org.drawbridge.challenge.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How a person is reached and spoken to. */
@Embeddable
public class Contact {

  @Column(name = "email")
  private @Nullable String email;

  /** What the identity provider told last, whatever was verified. */
  @Column(name = "told_email")
  private @Nullable String toldEmail;

  @Column(name = "email_verified")
  private boolean emailVerified;

  @Column(name = "phone")
  private @Nullable String phone;

  @Column(name = "phone_verified")
  private boolean phoneVerified;

  @Column(name = "username")
  private @Nullable String username;

  @Column(name = "locale")
  private @Nullable String locale;

  /** Nothing is known. */
  public Contact() {}

  public Contact(
      @Nullable String email,
      @Nullable String toldEmail,
      boolean emailVerified,
      @Nullable String phone,
      boolean phoneVerified,
      @Nullable String username,
      @Nullable String locale) {
    this.email = email;
    this.toldEmail = toldEmail;
    this.emailVerified = emailVerified;
    this.phone = phone;
    this.phoneVerified = phoneVerified;
    this.username = username;
    this.locale = locale;
  }

  /** What an identity provider tells of a person; null where it tells nothing. */
  public record Told(
      @Nullable String email,
      @Nullable String phone,
      @Nullable String username,
      @Nullable String locale) {}

  /** Whether that is nothing new. What an identity provider tells counts until it is verified. */
  public boolean knows(Told told) {
    return (told.email() == null
            || (told.email().equals(toldEmail) && (emailVerified || told.email().equals(email))))
        && (told.phone() == null || phoneVerified || told.phone().equals(phone))
        && (told.username() == null || told.username().equals(username))
        && (told.locale() == null || told.locale().equals(locale));
  }

  void learn(Told told) {
    if (told.email() != null) {
      toldEmail = told.email();
      if (!emailVerified) {
        reachableAt(told.email());
      }
    }
    if (told.phone() != null && !phoneVerified) {
      phonedAt(told.phone());
    }
    if (told.username() != null) {
      named(told.username());
    }
    if (told.locale() != null) {
      speaks(told.locale());
    }
  }

  /**
   * What protected accounts of a person may be named: the user id, or an address, as it is written
   * or in lower case.
   */
  public Set<String> accountNames(String userId) {
    Set<String> names = new LinkedHashSet<>(Set.of(userId));
    Stream.concat(Stream.ofNullable(email), Stream.ofNullable(toldEmail))
        .flatMap(address -> Stream.of(address, address.toLowerCase(Locale.ROOT)))
        .forEach(names::add);
    return names;
  }

  /** An address that changes is not verified any more. */
  void reachableAt(@Nullable String newEmail) {
    if (newEmail == null || !newEmail.equals(email)) {
      email = newEmail;
      emailVerified = false;
    }
  }

  /** A number that changes is not verified any more. */
  void phonedAt(@Nullable String newPhone) {
    if (newPhone == null || !newPhone.equals(phone)) {
      phone = newPhone;
      phoneVerified = false;
    }
  }

  void verifiedEmail(boolean verified) {
    emailVerified = verified && email != null;
  }

  void verifiedPhone(boolean verified) {
    phoneVerified = verified && phone != null;
  }

  void named(@Nullable String newUsername) {
    username = newUsername;
  }

  void speaks(@Nullable String newLocale) {
    locale = newLocale;
  }

  @Nullable String email() {
    return email;
  }

  boolean isEmailVerified() {
    return emailVerified;
  }

  @Nullable String phone() {
    return phone;
  }

  boolean isPhoneVerified() {
    return phoneVerified;
  }

  @Nullable String username() {
    return username;
  }

  @Nullable String locale() {
    return locale;
  }
}
