package org.drawbridge.challenge.entity;

import jakarta.json.JsonObject;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import jakarta.persistence.Version;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.drawbridge.challenge.entity.RuleSet.Verdict;
import org.drawbridge.kernel.JsonBody;
import org.drawbridge.kernel.OwnedId;
import org.jspecify.annotations.Nullable;

/** Somebody's doing of an action, once; the same {@code idempotencyKey} is the same attempt. */
@Entity
@Table(name = "challenge_attempts")
@IdClass(OwnedId.class)
public class Attempt {

  /** So many wrong codes end it. */
  public static final int TRIES = 5;

  /** So long its success is told again, to those whose first answer was lost. */
  static final Duration TOLD_AGAIN = Duration.ofSeconds(60);

  @Id
  @Column(name = "company_id")
  private UUID companyId;

  @Id
  @Column(name = "id")
  private UUID id;

  @Column(name = "user_id")
  private UUID userId;

  @Column(name = "action_code")
  private String action;

  @Column(name = "idempotency_key")
  private String idempotencyKey;

  @Enumerated(EnumType.STRING)
  @Column(name = "state")
  private AttemptState state;

  @Column(name = "state_updated_at")
  private Instant stateUpdatedAt;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "secret_id")
  private UUID secretId;

  @Column(name = "redirect_url")
  private @Nullable String redirectUrl;

  @Column(name = "ip_address")
  private @Nullable String ipAddress;

  @Column(name = "user_agent")
  private @Nullable String userAgent;

  @Column(name = "device_id")
  private @Nullable String deviceId;

  @Column(name = "custom")
  private String custom;

  /** The same, read; null until it is. */
  @Transient private @Nullable JsonObject customData;

  @Column(name = "facts")
  private @Nullable String facts;

  @Enumerated(EnumType.STRING)
  @Column(name = "outcome")
  private @Nullable Outcome outcome;

  @Column(name = "rules_version")
  private @Nullable Integer rulesVersion;

  @Column(name = "rule_id")
  private @Nullable UUID ruleId;

  @Enumerated(EnumType.STRING)
  @Column(name = "verification_method")
  private @Nullable VerificationMethod verificationMethod;

  @Column(name = "authenticator_id")
  private @Nullable UUID authenticatorId;

  @Column(name = "failed_tries")
  private int failedTries;

  @Column(name = "enrolling_secret")
  private byte @Nullable [] enrollingSecret;

  @Column(name = "validated_at")
  private @Nullable Instant validatedAt;

  @Version
  @Column(name = "version")
  private long version;

  protected Attempt() {}

  /**
   * Is blocked until it is decided.
   *
   * @param secretId of the secret that its tokens are signed with
   */
  public Attempt(
      OwnedId user,
      UUID id,
      String action,
      String idempotencyKey,
      UUID secretId,
      Circumstances circumstances,
      Instant now) {
    this.companyId = user.companyId();
    this.id = id;
    this.userId = user.id();
    this.action = action;
    this.idempotencyKey = idempotencyKey;
    this.state = AttemptState.BLOCK;
    this.stateUpdatedAt = now;
    this.createdAt = now;
    this.secretId = secretId;
    this.redirectUrl = circumstances.redirectUrl();
    this.ipAddress = circumstances.ipAddress();
    this.userAgent = circumstances.userAgent();
    this.deviceId = circumstances.deviceId();
    this.customData = circumstances.custom();
    this.custom = customData.toString();
  }

  /** What the company tells of an attempt; null where it does not. */
  public record Circumstances(
      @Nullable String redirectUrl,
      @Nullable String ipAddress,
      @Nullable String userAgent,
      @Nullable String deviceId,
      JsonObject custom) {}

  /**
   * The rules have decided it.
   *
   * @param version of the rules
   */
  public void decided(Facts known, int version, Verdict verdict, Instant now) {
    facts = known.json();
    rulesVersion = version;
    ruleId = verdict.ruleId();
    outcome = verdict.outcome();
    become(verdict.outcome().state(), now);
  }

  /** Empty where no rules have decided it. */
  public Optional<Facts> facts() {
    return facts == null
        ? Optional.empty()
        : Optional.of(Facts.of(createdAt, ipAddress, customData(), object(facts)));
  }

  /** What the company told of its own. */
  public JsonObject customData() {
    if (customData == null) {
      customData = object(custom);
    }
    return customData;
  }

  /** Whether it tells what is remembered of who is let in. */
  public boolean tellsDeviceOrPlace() {
    return deviceId != null || !Place.of(customData()).equals(Place.UNKNOWN);
  }

  /** What is kept of the facts, as JSON; null where no rules have decided it. */
  public @Nullable String factsKept() {
    return facts;
  }

  private static JsonObject object(String json) {
    return JsonBody.parse(json.getBytes(StandardCharsets.UTF_8)).asJsonObject();
  }

  /** The secret that tokens are signed with from now on: the one that was asked with last. */
  public void signedWith(UUID secret) {
    secretId = secret;
  }

  /** Once a challenge is required, it is as if nobody had answered yet, rightly or wrongly. */
  public void become(AttemptState next, Instant now) {
    if (state != next) {
      state = next;
      stateUpdatedAt = now;
      if (next == AttemptState.CHALLENGE_REQUIRED) {
        verificationMethod = null;
        authenticatorId = null;
        failedTries = 0;
        validatedAt = null;
      }
    }
  }

  /**
   * Whether the person may answer now: a challenge was asked for, or the person has nothing to
   * answer with yet and enrols.
   */
  public boolean isOpen(boolean isEnrolling) {
    return state == AttemptState.CHALLENGE_REQUIRED || (isEnrolling && state == AttemptState.ALLOW);
  }

  /**
   * @param answeredWith the authenticator or passkey; null for what is neither
   */
  public void succeed(VerificationMethod method, @Nullable UUID answeredWith, Instant now) {
    become(AttemptState.CHALLENGE_SUCCEEDED, now);
    verificationMethod = method;
    authenticatorId = answeredWith;
    enrollingSecret = null;
  }

  /**
   * The person goes back without an answer: what was open has failed.
   *
   * @throws ChallengeClosed where the person is let in, or was
   */
  public void giveUp(boolean isEnrolling, Instant now) {
    if (isOpen(isEnrolling)) {
      become(AttemptState.CHALLENGE_FAILED, now);
    } else if (state != AttemptState.CHALLENGE_FAILED && !state.isRefusal()) {
      throw new ChallengeClosed();
    }
  }

  /** Counts a wrong code; answers how many tries are left, and ends where none is. */
  public int failed(Instant now) {
    failedTries++;
    if (failedTries >= TRIES) {
      become(AttemptState.CHALLENGE_FAILED, now);
    }
    return Math.max(0, TRIES - failedTries);
  }

  /**
   * @param secret of an app that is being enrolled, sealed
   */
  public void enrolling(byte[] secret) {
    enrollingSecret = secret.clone();
  }

  public byte @Nullable [] enrollingSecret() {
    return enrollingSecret == null ? null : enrollingSecret.clone();
  }

  /**
   * Gives the success away: once, and again for a minute. True where it may be told now, and false
   * where it was told too long ago.
   */
  public boolean redeem(Instant now) {
    if (validatedAt == null) {
      validatedAt = now;
    }
    return !now.isAfter(validatedAt.plus(TOLD_AGAIN));
  }

  public UUID companyId() {
    return companyId;
  }

  public UUID id() {
    return id;
  }

  public UUID userId() {
    return userId;
  }

  public UUID secretId() {
    return secretId;
  }

  public String action() {
    return action;
  }

  public String idempotencyKey() {
    return idempotencyKey;
  }

  public AttemptState state() {
    return state;
  }

  public Instant stateUpdatedAt() {
    return stateUpdatedAt;
  }

  public Instant createdAt() {
    return createdAt;
  }

  /** Where the person goes back to; null for nowhere. */
  public @Nullable String redirectUrl() {
    return redirectUrl;
  }

  /** How it was decided; null where no rules have. */
  public @Nullable Outcome outcome() {
    return outcome;
  }

  /** Null where no rules have decided it. */
  public @Nullable Integer rulesVersion() {
    return rulesVersion;
  }

  /** The rule that decided it; null where none matched. */
  public @Nullable UUID ruleId() {
    return ruleId;
  }

  public @Nullable String ipAddress() {
    return ipAddress;
  }

  public @Nullable String userAgent() {
    return userAgent;
  }

  /** As the company tells it; null where it does not. */
  public @Nullable String deviceId() {
    return deviceId;
  }

  public @Nullable VerificationMethod verificationMethod() {
    return verificationMethod;
  }

  /** The authenticator or passkey that answered, which may be gone; null for what is neither. */
  public @Nullable UUID authenticatorId() {
    return authenticatorId;
  }
}
