package org.drawbridge.credential.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.drawbridge.kernel.OwnedId;
import org.drawbridge.kernel.OwnedSecret;
import org.jspecify.annotations.Nullable;

/**
 * A registration or authentication ceremony that was started and not finished yet. It is for one
 * try within {@link #LIFETIME}, by whom it was started for.
 */
@Entity
@Table(name = "ceremonies")
@IdClass(OwnedId.class)
public class Ceremony {

  public static final Duration LIFETIME = Duration.ofMinutes(5);

  /** Where no company is known yet. */
  public static final UUID NO_COMPANY = new UUID(0, 0);

  /** What it is for; the last two are authentication ceremonies of WebAuthn. */
  public enum Kind {
    REGISTRATION,
    AUTHENTICATION,
    SIGNATURE
  }

  /**
   * For whom a ceremony is.
   *
   * @param applicationId the application that started it, for the account {@code subject}; null
   *     where the person did, for what {@code subject} then tells
   * @param userId null where it is not certain who it is
   */
  public record Party(
      UUID companyId,
      @Nullable UUID applicationId,
      @Nullable String subject,
      @Nullable UUID userId,
      String username) {

    /** Somebody whose passkey will say who it is. */
    public static Party unknown() {
      return new Party(NO_COMPANY, null, null, null, "");
    }

    /** An application, for one of its accounts. */
    public static Party account(
        UUID companyId, UUID applicationId, String subject, String username) {
      return new Party(companyId, applicationId, subject, null, username);
    }

    public static Party user(UUID companyId, UUID userId, String username) {
      return new Party(companyId, null, null, userId, username);
    }

    /** The same, for one purpose and no other. */
    public Party forPurpose(String purpose) {
      return new Party(companyId, applicationId, purpose, userId, username);
    }

    /** The name apart, which is only shown. */
    boolean isAlike(
        UUID company, @Nullable UUID application, @Nullable String account, @Nullable UUID user) {
      return companyId.equals(company)
          && Objects.equals(applicationId, application)
          && Objects.equals(subject, account)
          && Objects.equals(userId, user);
    }
  }

  @Id
  @Column(name = "company_id")
  private UUID companyId;

  @Id
  @Column(name = "id")
  private UUID id;

  @Column(name = "secret_hash")
  private byte[] secretHash;

  @Enumerated(EnumType.STRING)
  @Column(name = "kind")
  private Kind kind;

  @Column(name = "application_id")
  private @Nullable UUID applicationId;

  @Column(name = "subject")
  private @Nullable String subject;

  @Column(name = "user_id")
  private @Nullable UUID userId;

  @Column(name = "username")
  private String username;

  @Column(name = "nickname")
  private String nickname;

  @Column(name = "options")
  private String options;

  @Column(name = "document")
  private @Nullable String document;

  @Column(name = "expiry")
  private Instant expiry;

  protected Ceremony() {}

  public Ceremony(
      Kind kind, OwnedSecret secret, Party party, String nickname, String options, Instant now) {
    this.kind = kind;
    this.companyId = party.companyId();
    this.id = secret.id();
    this.secretHash = secret.hash();
    this.applicationId = party.applicationId();
    this.subject = party.subject();
    this.userId = party.userId();
    this.username = party.username();
    this.nickname = nickname;
    this.options = options;
    this.expiry = now.plus(LIFETIME);
  }

  /**
   * @param text what the person is shown and signs
   */
  public Ceremony signing(String text) {
    document = text;
    return this;
  }

  /**
   * @param by who wants to finish it; null for whoever the credential will tell
   * @throws CeremonyUnknown where the ceremony is another one, or somebody else's
   */
  public void require(Kind wanted, byte[] hash, @Nullable Party by) {
    boolean isIt =
        MessageDigest.isEqual(secretHash, hash)
            && kind == wanted
            && (by == null || by.isAlike(companyId, applicationId, subject, userId));
    if (!isIt) {
      throw new CeremonyUnknown();
    }
  }

  public boolean isExpired(Instant now) {
    return !now.isBefore(expiry);
  }

  public UUID companyId() {
    return companyId;
  }

  public UUID id() {
    return id;
  }

  public @Nullable UUID applicationId() {
    return applicationId;
  }

  public @Nullable String subject() {
    return subject;
  }

  public @Nullable UUID userId() {
    return userId;
  }

  public String username() {
    return username;
  }

  public String nickname() {
    return nickname;
  }

  /** The options that the client was given, as the WebAuthn library writes them. */
  public String options() {
    return options;
  }

  /** What is signed; null where nothing is. */
  public @Nullable String document() {
    return document;
  }
}
