package org.drawbridge.approval.entity;

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
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.drawbridge.kernel.OwnedId;
import org.jspecify.annotations.Nullable;

/**
 * Asks the owner of an account whether it may be unlocked, because a login was blocked or because
 * the owner wants it.
 *
 * <p>Its life: opened; approved by the owner, and then granted at once or when the approvers of
 * every policy agree; or denied, reported, rejected by an approver, or expired. Until its expiry it
 * stands in the way of another request for the account, unless it was granted: whoever said no is
 * not asked again at once.
 */
@Entity
@Table(name = "unlock_requests")
@IdClass(OwnedId.class)
public class UnlockRequest {

  /** How long the owner is waited for. */
  public static final Duration LIFETIME = Duration.ofMinutes(10);

  /** How far it has come. */
  public enum State {
    /** The owner is asked. */
    PENDING,
    /** The owner said yes; approvers are asked. */
    AWAITING_APPROVERS,
    /** The account was unlocked. */
    APPROVED,
    /** The owner said no. */
    DENIED,
    /** The owner said: this was not me. */
    REPORTED,
    /** An approver said no. */
    REJECTED,
    /** Too few answered in time. */
    EXPIRED
  }

  @Id
  @Column(name = "company_id")
  private UUID companyId;

  @Id
  @Column(name = "id")
  private UUID id;

  @Column(name = "account_id")
  private UUID accountId;

  @Column(name = "user_id")
  private UUID userId;

  @Enumerated(EnumType.STRING)
  @Column(name = "state")
  private State state;

  @Column(name = "opened_at")
  private Instant openedAt;

  @Column(name = "expiry")
  private Instant expiry;

  @Column(name = "attempts")
  private int attempts;

  @Embedded private @Nullable Attempt latest;

  @Column(name = "matching_number")
  private @Nullable Integer matchingNumber;

  @Column(name = "choices")
  private @Nullable String choices;

  @Column(name = "minutes")
  private @Nullable Integer minutes;

  @Column(name = "decided_at")
  private @Nullable Instant decidedAt;

  @Embedded private @Nullable SignedDecision signed;

  @Version
  @Column(name = "version")
  private long version;

  protected UnlockRequest() {}

  /**
   * @param attempt the login that was blocked; null where the owner asks without one
   */
  public UnlockRequest(
      UUID companyId,
      UUID id,
      UUID accountId,
      UUID userId,
      @Nullable Attempt attempt,
      Instant now) {
    this.companyId = companyId;
    this.id = id;
    this.accountId = accountId;
    this.userId = userId;
    this.state = State.PENDING;
    this.openedAt = now;
    this.expiry = now.plus(LIFETIME);
    this.attempts = attempt == null ? 0 : 1;
    this.latest = attempt;
  }

  /**
   * Asks for a number that only who sees the login page knows.
   *
   * @param number of two digits
   * @param among the numbers to pick from, in the order that they are shown
   */
  public void match(int number, List<Integer> among) {
    this.matchingNumber = number;
    this.choices = String.join(",", among.stream().map(String::valueOf).toList());
  }

  /** Counts a login that was blocked meanwhile; a retry of the same check does not count. */
  public void attempted(Attempt attempt) {
    if (latest == null || !latest.checkId().equals(attempt.checkId())) {
      attempts++;
      latest = attempt;
    }
  }

  /**
   * @throws UnlockRequestClosed where the owner's answer counts no more
   */
  public void requirePending(Instant now) {
    if (stateAt(now) != State.PENDING) {
      throw new UnlockRequestClosed(stateAt(now));
    }
  }

  /**
   * @throws NumberWrong where a number is asked for and this is not it; then it is denied
   */
  public void requireNumber(@Nullable Integer picked, Instant now) {
    if (matchingNumber != null && !matchingNumber.equals(picked)) {
      decide(State.DENIED, now);
      throw new NumberWrong();
    }
  }

  /**
   * The owner says yes.
   *
   * @param wish minutes; null to leave it to what the owner prefers
   */
  public void approve(SignedDecision decision, @Nullable Integer wish, Instant now) {
    requirePending(now);
    signed = decision;
    minutes = wish;
  }

  /** The owner's yes is not enough; it waits for approvers as long as they are asked. */
  public void awaitApprovers(Instant until) {
    state = State.AWAITING_APPROVERS;
    expiry = until;
  }

  public void deny(Instant now) {
    requirePending(now);
    decide(State.DENIED, now);
  }

  public void report(Instant now) {
    requirePending(now);
    decide(State.REPORTED, now);
  }

  public void grant(Instant now) {
    decide(State.APPROVED, now);
  }

  /** An approver's no stands in the way for as long as the owner's, at most. */
  public void reject(Instant now) {
    decide(State.REJECTED, now);
    Instant end = now.plus(LIFETIME);
    if (end.isBefore(expiry)) {
      expiry = end;
    }
  }

  public void expire(Instant now) {
    decide(State.EXPIRED, now);
  }

  private void decide(State decision, Instant now) {
    state = decision;
    decidedAt = now;
  }

  /** Whether it stands in the way of another request for the account. */
  public boolean isInTheWay(Instant now) {
    return state != State.APPROVED && now.isBefore(expiry);
  }

  public boolean isAwaitingApprovers() {
    return state == State.AWAITING_APPROVERS;
  }

  public boolean isOpen() {
    return state == State.PENDING || state == State.AWAITING_APPROVERS;
  }

  /** What is open and too old is expired, also before the timer has noticed. */
  public State stateAt(Instant now) {
    return isOpen() && !now.isBefore(expiry) ? State.EXPIRED : state;
  }

  public UUID companyId() {
    return companyId;
  }

  public UUID id() {
    return id;
  }

  public UUID accountId() {
    return accountId;
  }

  public UUID userId() {
    return userId;
  }

  public Instant openedAt() {
    return openedAt;
  }

  public Instant expiry() {
    return expiry;
  }

  public int attempts() {
    return attempts;
  }

  /** The latest login that was blocked; null where there was none. */
  public @Nullable Attempt latest() {
    return latest;
  }

  /** Null where none is asked for. */
  public @Nullable Integer matchingNumber() {
    return matchingNumber;
  }

  /** The numbers to pick from; empty where none is asked for. */
  public List<Integer> choices() {
    return choices == null
        ? List.of()
        : Arrays.stream(choices.split(",")).map(Integer::valueOf).toList();
  }

  /** How long the unlock is to last; null for as long as the owner prefers. */
  public @Nullable Duration lasting() {
    return minutes == null ? null : Duration.ofMinutes(minutes);
  }

  public @Nullable Instant decidedAt() {
    return decidedAt;
  }

  /** The owner's yes; null where there is none. */
  public @Nullable SignedDecision signed() {
    return signed;
  }
}
