package org.drawbridge.policy.control;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.drawbridge.account.entity.LockState;
import org.drawbridge.account.entity.PolicyAction;
import org.jspecify.annotations.Nullable;

/**
 * What a policy does to one account; the rules of deny-overrides, without any database.
 *
 * @param policyId the policy that acts on it
 * @param wasHeld whether the policy held the account before
 * @param hold the policy's own hold afterwards; null for none
 * @param effect the strongest hold of all policies afterwards; null for none
 * @param unlocks whether the account's own state becomes unlocked, from now on
 * @param locked whether a login is refused afterwards
 * @param told whether the account's history tells of it
 * @param isOne whether anything changes at all
 */
record HoldChange(
    UUID accountId,
    UUID policyId,
    boolean wasHeld,
    @Nullable PolicyAction hold,
    @Nullable PolicyAction effect,
    boolean unlocks,
    boolean locked,
    boolean told,
    boolean isOne) {

  /**
   * @param action null to let go
   */
  static HoldChange of(HeldAccount account, @Nullable PolicyAction action, Instant now) {
    PolicyAction hold = action != null && action.holds() ? action : null;
    List<@Nullable PolicyAction> holds = new ArrayList<>(account.otherHolds());
    holds.add(hold);
    PolicyAction effect = PolicyAction.strongest(holds).orElse(null);
    boolean unlocks = action == PolicyAction.UNLOCK && isRestarted(account, now);
    LockState before = account.state();
    LockState after =
        unlocks
            ? new LockState(false, now, null, effect != null)
            : new LockState(
                before.locked(), before.unlockedAt(), before.unlockExpiry(), effect != null);
    boolean wasLocked = before.isLockedAt(now, account.rule());
    boolean isLocked = after.isLockedAt(now, account.rule());
    boolean heldOtherwise = effect != null && effect != account.effect();
    boolean told = wasLocked != isLocked || heldOtherwise || (unlocks && !isLocked);
    boolean changes = told || unlocks || hold != account.hold() || effect != account.effect();
    return new HoldChange(
        account.id(),
        account.policyId(),
        account.hold() != null,
        hold,
        effect,
        unlocks,
        isLocked,
        told,
        changes);
  }

  /** To unlock what is unlocked without an end changes nothing. */
  private static boolean isRestarted(HeldAccount account, Instant now) {
    LockState own =
        new LockState(
            account.state().locked(), account.state().unlockedAt(), account.state().unlockExpiry());
    return own.isLockedAt(now, account.rule()) || own.expiry(account.rule()).isPresent();
  }
}
