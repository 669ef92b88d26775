package org.drawbridge.account.entity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a check finds, and what it does to the account.
 *
 * @param locked whether the login is refused
 * @param relock why the unlock ends with this check; null where the check changes nothing
 * @param relockedAt when the unlock ended: before this check where its minutes were over
 */
public record Decision(boolean locked, @Nullable LockCause relock, @Nullable Instant relockedAt) {

  static Decision unchanged(boolean locked) {
    return new Decision(locked, null, null);
  }

  /** Whether the check must write to the account. */
  public boolean endsUnlock() {
    return relock != null;
  }
}
