package org.drawbridge.account.entity;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether an account is locked, and until when it is not. The rules of automatic locking live here,
 * for checks, for explanations and for lists alike.
 *
 * @param unlockedAt when the latest unlock was given; an account that starts unlocked counts as
 *     unlocked when it was added
 * @param locked whether the account itself is locked, whatever policies say
 * @param unlockExpiry when the unlock ends whatever the owner prefers; null for no such limit
 * @param held whether a policy holds the account locked, over whatever it is by itself
 */
public record LockState(
    boolean locked, Instant unlockedAt, @Nullable Instant unlockExpiry, boolean held) {

  /** The state of an account that no policy holds. */
  public LockState(boolean locked, Instant unlockedAt, @Nullable Instant unlockExpiry) {
    this(locked, unlockedAt, unlockExpiry, false);
  }

  /** When the unlock ends by time; empty where the account is locked, or nothing ends it. */
  public Optional<Instant> expiry(RelockRule rule) {
    if (locked || held) {
      return Optional.empty();
    }
    if (unlockExpiry != null) {
      return Optional.of(unlockExpiry);
    }
    return rule.minutes() > 0
        ? Optional.of(unlockedAt.plus(Duration.ofMinutes(rule.minutes())))
        : Optional.empty();
  }

  /** Whether the account is unlocked for a time, or for a login, and locked again afterwards. */
  public boolean isPassing(RelockRule rule) {
    return expiry(rule).isPresent() || (!locked && !held && (rule.onAttempt() || rule.onSuccess()));
  }

  /** Whether a login would be refused at that time. */
  public boolean isLockedAt(Instant now, RelockRule rule) {
    return locked || held || isOver(now, rule);
  }

  /**
   * Decides one check.
   *
   * @param afterAuthentication whether the person has proven who they are already
   */
  public Decision check(RelockRule rule, boolean afterAuthentication, Instant now) {
    if (locked || held) {
      return Decision.unchanged(true);
    }
    if (isOver(now, rule)) {
      return new Decision(true, LockCause.AUTO_LOCK_MINUTES, expiry(rule).orElse(now));
    }
    if (rule.onAttempt()) {
      return new Decision(false, LockCause.AUTO_LOCK_ON_ATTEMPT, now);
    }
    if (rule.onSuccess() && afterAuthentication) {
      return new Decision(false, LockCause.AUTO_LOCK_ON_SUCCESS, now);
    }
    return Decision.unchanged(false);
  }

  private boolean isOver(Instant now, RelockRule rule) {
    return expiry(rule).map(end -> !now.isBefore(end)).orElse(false);
  }
}
