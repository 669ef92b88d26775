package org.drawbridge.protection.control;

import java.time.Instant;
import java.util.UUID;
import org.drawbridge.account.entity.LockState;
import org.drawbridge.account.entity.RelockRule;
import org.drawbridge.protection.entity.Answer;
import org.jspecify.annotations.Nullable;

/**
 * What the database knows about one question.
 *
 * @param applicationVersion null where the application is gone
 * @param deniesUnknown what the application wants answered for an account that is not protected
 * @param account null where it is unknown
 * @param earlier the recorded check that this one may be a retry of
 */
record Found(
    @Nullable Long applicationVersion,
    boolean deniesUnknown,
    @Nullable KnownAccount account,
    @Nullable Earlier earlier) {

  /**
   * @param rule the owner's, where the account allows it
   * @param lockedByCheck the check that ended the latest unlock, where one did
   */
  record KnownAccount(
      UUID companyId,
      UUID id,
      boolean enabled,
      boolean hasOwner,
      LockState state,
      RelockRule rule,
      @Nullable UUID lockedByCheck) {

    KnownAccount with(LockState newState, @Nullable UUID newLockedByCheck) {
      return new KnownAccount(companyId, id, enabled, hasOwner, newState, rule, newLockedByCheck);
    }
  }

  record Earlier(UUID companyId, Answer answer, Instant checkedAt) {}
}
