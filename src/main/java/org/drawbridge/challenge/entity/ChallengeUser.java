package org.drawbridge.challenge.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
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
    this.createdAt = now;
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
