package org.drawbridge.challenge.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.drawbridge.challenge.entity.Attempt.Circumstances;
import org.drawbridge.kernel.JsonBody;
import org.drawbridge.kernel.OwnedId;
import org.jspecify.annotations.Nullable;

/**
 * A challenge by a code that a company shows on pages of its own. Whoever has answered it can be
 * told apart later: the company claims it for a user.
 */
@Entity
@Table(name = "code_challenges")
@IdClass(OwnedId.class)
public class CodeChallenge {

  private static final int MAX_CODES = 5;
  private static final int MAX_TRIES = 5;

  @Id
  @Column(name = "company_id")
  private UUID companyId;

  @Id
  @Column(name = "id")
  private UUID id;

  @Column(name = "user_id")
  private @Nullable String userId;

  @Column(name = "action_code")
  private String action;

  @Column(name = "idempotency_key")
  private String idempotencyKey;

  @Enumerated(EnumType.STRING)
  @Column(name = "verification_method")
  private VerificationMethod method;

  @Column(name = "recipient")
  private String recipient;

  @Column(name = "mailbox")
  private String mailbox;

  @Column(name = "ip_address")
  private String ipAddress;

  @Column(name = "user_agent")
  private @Nullable String userAgent;

  @Column(name = "device_id")
  private @Nullable String deviceId;

  @Column(name = "custom")
  private String custom;

  @Column(name = "locale")
  private @Nullable String locale;

  @Column(name = "code_mac")
  private byte[] mac;

  @Column(name = "codes")
  private int codes;

  @Column(name = "tries")
  private int tries;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "expiry")
  private Instant expiry;

  @Column(name = "verified_at")
  private @Nullable Instant verifiedAt;

  @Column(name = "claimed_at")
  private @Nullable Instant claimedAt;

  @Version
  @Column(name = "version")
  private long version;

  protected CodeChallenge() {}

  /**
   * @param userId null where it is not known whose it will be
   * @param locale that codes are written in; null for what is known of the user, or the company's
   */
  public CodeChallenge(
      UUID companyId,
      UUID id,
      @Nullable String userId,
      String action,
      String idempotencyKey,
      VerificationMethod method,
      String recipient,
      @Nullable String locale,
      Circumstances circumstances,
      byte[] mac,
      Instant now) {
    this.companyId = companyId;
    this.id = id;
    this.userId = userId;
    this.action = action;
    this.idempotencyKey = idempotencyKey;
    this.method = method;
    this.recipient = recipient;
    this.mailbox = mailbox(recipient);
    this.locale = locale;
    this.ipAddress = Objects.requireNonNullElse(circumstances.ipAddress(), "");
    this.userAgent = circumstances.userAgent();
    this.deviceId = circumstances.deviceId();
    this.custom = circumstances.custom().toString();
    this.createdAt = now;
    sentAgain(mac, now);
  }

  /** The recipient, however it is spelt: what is sent to {@code Ana@} comes to {@code ana@}. */
  public static String mailbox(String recipient) {
    return recipient.toLowerCase(Locale.ROOT);
  }

  /** Another code was sent, and counts alone. */
  public final void sentAgain(byte[] newMac, Instant now) {
    mac = newMac.clone();
    codes++;
    expiry = now.plus(SentCode.LIFETIME);
  }

  public boolean mayBeSentAgain() {
    return verifiedAt == null && codes < MAX_CODES && tries < MAX_TRIES;
  }

  /** Counts a try; true where it may be made, and false where there were too many before. */
  public boolean countTry() {
    if (tries >= MAX_TRIES) {
      return false;
    }
    tries++;
    return true;
  }

  /** So many of the tries were wrong. */
  public int wrongCodes() {
    return verifiedAt == null ? tries : tries - 1;
  }

  /** Whether a right code counts now: before its end, and once. */
  public boolean counts(Instant now) {
    return verifiedAt == null && now.isBefore(expiry);
  }

  public boolean isActive(Instant now) {
    return counts(now) && tries < MAX_TRIES;
  }

  public void verified(Instant now) {
    verifiedAt = now;
  }

  public boolean isVerified() {
    return verifiedAt != null;
  }

  /** Claims it; true the first time and in time, and false otherwise, where nothing changes. */
  public boolean claim(Instant now) {
    if (claimedAt != null || now.isAfter(expiry.plus(SentCode.LIFETIME))) {
      return false;
    }
    claimedAt = now;
    return true;
  }

  public UUID companyId() {
    return companyId;
  }

  public UUID id() {
    return id;
  }

  public @Nullable String userId() {
    return userId;
  }

  public String action() {
    return action;
  }

  public String idempotencyKey() {
    return idempotencyKey;
  }

  public VerificationMethod method() {
    return method;
  }

  public String recipient() {
    return recipient;
  }

  /** From where it was asked for; empty where the company has not told. */
  public String place() {
    return ipAddress;
  }

  /** Null where the company has not said. */
  public @Nullable String locale() {
    return locale;
  }

  /** What the company told when it asked for the code; there is no page to come back from. */
  public Circumstances circumstances() {
    return new Circumstances(
        null,
        ipAddress.isEmpty() ? null : ipAddress,
        userAgent,
        deviceId,
        JsonBody.parse(custom.getBytes(StandardCharsets.UTF_8)).asJsonObject());
  }

  /** How many were sent. */
  public int codes() {
    return codes;
  }

  public Instant createdAt() {
    return createdAt;
  }

  public byte[] mac() {
    return mac.clone();
  }

  public Instant expiry() {
    return expiry;
  }
}
