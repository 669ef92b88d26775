package org.drawbridge.user.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.drawbridge.account.entity.RelockRule;
import org.drawbridge.kernel.Language;
import org.drawbridge.kernel.OwnedId;
import org.jspecify.annotations.Nullable;

/**
 * A person who owns accounts. What the person prefers holds for all the accounts that allow it,
 * from the moment it is set, also for unlocks that were given before.
 */
@Entity
@Table(name = "users")
@IdClass(OwnedId.class)
public class User {

  @Id
  @Column(name = "company_id")
  private UUID companyId;

  @Id
  @Column(name = "id")
  private UUID id;

  @Column(name = "username")
  private String username;

  @Column(name = "email")
  private String email;

  @Column(name = "email_verified")
  private boolean emailVerified;

  @Column(name = "email_claimed")
  private boolean emailClaimed;

  @Column(name = "first_name")
  private String firstName;

  @Column(name = "last_name")
  private String lastName;

  @Column(name = "phone")
  private @Nullable String phone;

  @Enumerated(EnumType.STRING)
  @Column(name = "user_type")
  private UserType type;

  @Column(name = "auto_lock_minutes")
  private int autoLockMinutes;

  @Column(name = "auto_lock_on_attempt")
  private boolean autoLockOnAttempt;

  @Column(name = "auto_lock_on_breach")
  private boolean autoLockOnBreach;

  @Column(name = "auto_lock_on_success")
  private boolean autoLockOnSuccess;

  @Column(name = "allow_email_notification")
  private boolean allowEmailNotification;

  @Column(name = "allow_sms_notification")
  private boolean allowSmsNotification;

  @Enumerated(EnumType.STRING)
  @Column(name = "language")
  private @Nullable Language language;

  @Column(name = "eula_accepted")
  private boolean eulaAccepted;

  @Column(name = "help_viewed")
  private boolean helpViewed;

  @Column(name = "created_at")
  private Instant createdAt;

  @Version
  @Column(name = "version")
  private long version;

  protected User() {}

  public User(
      UUID companyId,
      UUID id,
      String username,
      String email,
      String firstName,
      String lastName,
      Instant now) {
    this.companyId = companyId;
    this.id = id;
    this.username = username;
    this.email = email;
    this.firstName = firstName;
    this.lastName = lastName;
    this.type = UserType.EXTERNAL;
    this.allowEmailNotification = true;
    this.createdAt = now;
  }

  /** How the unlocks of this person's accounts end by themselves. */
  public RelockRule relockRule() {
    return new RelockRule(autoLockMinutes, autoLockOnAttempt, autoLockOnSuccess);
  }

  /** An address that changes is not verified any more. */
  public void reachableAt(String newEmail) {
    if (!newEmail.equals(email)) {
      email = newEmail;
      emailVerified = false;
    }
    emailClaimed = false;
  }

  /**
   * The address is what the person says at sign-up: until somebody has shown that they read what is
   * sent there, or the company says so, nobody is found by it.
   */
  public void claimsEmail() {
    emailClaimed = true;
  }

  /** Somebody has shown that they read what is sent there. */
  public void verifiedEmail() {
    emailVerified = true;
    emailClaimed = false;
  }

  public void phonedAt(@Nullable String newPhone) {
    this.phone = newPhone;
  }

  public void named(String first, String last) {
    this.firstName = first;
    this.lastName = last;
  }

  /** Takes over what is said, from the next check on. */
  public void prefer(Preferences said) {
    type = said.userType() == null ? type : said.userType();
    autoLockMinutes = said.autoLockMinutes() == null ? autoLockMinutes : said.autoLockMinutes();
    autoLockOnAttempt = or(said.autoLockOnAttempt(), autoLockOnAttempt);
    autoLockOnBreach = or(said.autoLockOnBreach(), autoLockOnBreach);
    autoLockOnSuccess = or(said.autoLockOnSuccess(), autoLockOnSuccess);
    allowEmailNotification = or(said.allowEmailNotification(), allowEmailNotification);
    allowSmsNotification = or(said.allowSmsNotification(), allowSmsNotification);
    language = said.language() == null ? language : said.language();
  }

  private static boolean or(@Nullable Boolean said, boolean before) {
    return said == null ? before : said;
  }

  public UUID companyId() {
    return companyId;
  }

  public UUID id() {
    return id;
  }

  public String username() {
    return username;
  }

  public String email() {
    return email;
  }

  public boolean isEmailVerified() {
    return emailVerified;
  }

  /** Whether nobody but the person says that the address is theirs. */
  public boolean isEmailClaimed() {
    return emailClaimed;
  }

  public String firstName() {
    return firstName;
  }

  public String lastName() {
    return lastName;
  }

  public String fullName() {
    return (firstName + " " + lastName).strip();
  }

  public @Nullable String phone() {
    return phone;
  }

  public UserType type() {
    return type;
  }

  public int autoLockMinutes() {
    return autoLockMinutes;
  }

  public boolean autoLocksOnAttempt() {
    return autoLockOnAttempt;
  }

  public boolean autoLocksOnBreach() {
    return autoLockOnBreach;
  }

  public boolean autoLocksOnSuccess() {
    return autoLockOnSuccess;
  }

  public boolean allowsEmailNotification() {
    return allowEmailNotification;
  }

  public boolean allowsSmsNotification() {
    return allowSmsNotification;
  }

  /** Null for the company's. */
  public @Nullable Language language() {
    return language;
  }

  public boolean isEulaAccepted() {
    return eulaAccepted;
  }

  public boolean isHelpViewed() {
    return helpViewed;
  }
}
