package org.drawbridge.account.entity;

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
import java.util.Optional;
import java.util.UUID;
import org.drawbridge.kernel.OwnedId;
import org.jspecify.annotations.Nullable;

/**
 * One login at one application: what is locked and unlocked.
 *
 * <p>Its life: added (by an administrator, an import, or the application's {@code enableUser}),
 * enabled and disabled, locked and unlocked many times, never deleted. Checks end unlocks without
 * loading this entity; they follow the same {@link LockState}. What policies hold is written by
 * them, in bulk, beside the account's own state: when they let go, that state counts again.
 */
@Entity
@Table(name = "accounts")
@IdClass(OwnedId.class)
public class Account {

  @Id
  @Column(name = "company_id")
  private UUID companyId;

  @Id
  @Column(name = "id")
  private UUID id;

  @Column(name = "application_id")
  private UUID applicationId;

  @Column(name = "user_account_id")
  private String userAccountId;

  @Column(name = "user_id")
  private @Nullable UUID userId;

  @Column(name = "enabled")
  private boolean enabled;

  @Column(name = "auto_relock_allowed")
  private boolean autoRelockAllowed;

  @Column(name = "locked")
  private boolean locked;

  @Column(name = "unlocked_at")
  private Instant unlockedAt;

  @Column(name = "unlock_expiry")
  private @Nullable Instant unlockExpiry;

  @Column(name = "locked_by_check")
  private @Nullable UUID lockedByCheck;

  @Enumerated(EnumType.STRING)
  @Column(name = "policy_effect")
  private @Nullable PolicyAction policyEffect;

  @Column(name = "user_token_generation")
  private int userTokenGeneration;

  @Column(name = "created_at")
  private Instant createdAt;

  @Version
  @Column(name = "version")
  private long version;

  protected Account() {}

  public Account(
      UUID companyId,
      UUID id,
      UUID applicationId,
      String userAccountId,
      boolean locked,
      Instant now) {
    this.companyId = companyId;
    this.id = id;
    this.applicationId = applicationId;
    this.userAccountId = userAccountId;
    this.enabled = true;
    this.autoRelockAllowed = true;
    this.locked = locked;
    this.unlockedAt = now;
    this.createdAt = now;
  }

  /** Locks until somebody unlocks; tells what happened even if the account was locked already. */
  public LockChange lock(LockCause cause, String actor, @Nullable String reason, Instant now) {
    locked = true;
    unlockExpiry = null;
    lockedByCheck = null;
    return LockChange.of(this, cause, actor, reason, now);
  }

  /**
   * Unlocks; an account that is unlocked already gets the new end. Whoever calls has seen to it
   * that no policy forbids it.
   *
   * @param lasting how long, whatever the owner prefers; null to leave it to the owner's
   *     preferences
   */
  public LockChange unlock(
      LockCause cause,
      @Nullable Duration lasting,
      String actor,
      @Nullable String reason,
      Instant now) {
    locked = false;
    unlockedAt = now;
    unlockExpiry = lasting == null ? null : now.plus(lasting);
    lockedByCheck = null;
    policyEffect = null;
    return LockChange.of(this, cause, actor, reason, now);
  }

  /** Locks now if the unlock's time is over, so that the history tells when it ended. */
  public Optional<LockChange> settle(RelockRule rule, Instant now) {
    Optional<Instant> end = lockState().expiry(effective(rule));
    if (end.isEmpty() || now.isBefore(end.get())) {
      return Optional.empty();
    }
    return Optional.of(lock(LockCause.AUTO_LOCK_MINUTES, LockChange.BY_ITSELF, null, end.get()));
  }

  /** Locks now where the unlock would have ended by itself; an account that stays open does so. */
  public Optional<LockChange> endUnlock(
      RelockRule rule, LockCause cause, String actor, Instant now) {
    return lockState().isPassing(effective(rule))
        ? Optional.of(lock(cause, actor, null, now))
        : Optional.empty();
  }

  public boolean isLockedAt(Instant now, RelockRule rule) {
    return lockState().isLockedAt(now, effective(rule));
  }

  /** The owner's rule where this account allows it. */
  public RelockRule effective(RelockRule rule) {
    return rule.where(autoRelockAllowed);
  }

  public LockState lockState() {
    return new LockState(locked, unlockedAt, unlockExpiry, policyEffect != null);
  }

  public void enable(boolean on) {
    this.enabled = on;
  }

  public void allowAutoRelock(boolean allowed) {
    this.autoRelockAllowed = allowed;
  }

  /**
   * Gives the account to a person: who claims it, or who an administrator or an import says.
   *
   * @throws AccountOwned where it is somebody else's: a second claim needs an administrator
   */
  public void claimedBy(UUID user) {
    requireClaimable(user);
    this.userId = user;
  }

  /**
   * @param user who claims it; null for somebody who is no user yet
   * @throws AccountOwned where it is somebody else's
   */
  public void requireClaimable(@Nullable UUID user) {
    if (userId != null && !userId.equals(user)) {
      throw new AccountOwned();
    }
  }

  /** Makes every {@code nl3UserToken} handed out so far worthless. */
  public void revokeUserTokens() {
    userTokenGeneration++;
  }

  public UUID companyId() {
    return companyId;
  }

  public UUID id() {
    return id;
  }

  public UUID applicationId() {
    return applicationId;
  }

  public String userAccountId() {
    return userAccountId;
  }

  public @Nullable UUID userId() {
    return userId;
  }

  public boolean isEnabled() {
    return enabled;
  }

  public boolean isAutoRelockAllowed() {
    return autoRelockAllowed;
  }

  /** Whether a policy holds the account so that its user cannot override it. */
  public boolean isLockedByPolicy() {
    return policyEffect == PolicyAction.LOCK;
  }

  public int userTokenGeneration() {
    return userTokenGeneration;
  }

  public Instant createdAt() {
    return createdAt;
  }
}
