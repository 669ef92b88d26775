package org.drawbridge.challenge.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import org.jspecify.annotations.Nullable;

/** How a person is reached and spoken to. */
@Embeddable
public class Contact {

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

  @Column(name = "locale")
  private @Nullable String locale;

  /** Nothing is known. */
  public Contact() {}

  public Contact(
      @Nullable String email,
      boolean emailVerified,
      @Nullable String phone,
      boolean phoneVerified,
      @Nullable String username,
      @Nullable String locale) {
    this.email = email;
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
    return (told.email() == null || emailVerified || told.email().equals(email))
        && (told.phone() == null || phoneVerified || told.phone().equals(phone))
        && (told.username() == null || told.username().equals(username))
        && (told.locale() == null || told.locale().equals(locale));
  }

  void learn(Told told) {
    if (told.email() != null && !emailVerified) {
      reachableAt(told.email());
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
