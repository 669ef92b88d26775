package org.drawbridge.policy.entity;

import org.drawbridge.account.entity.PolicyAction;
import org.jspecify.annotations.Nullable;

/** What an execution does to each account. */
public enum Effect {
  LOCK(PolicyAction.LOCK),
  ALLOW_UNLOCK(PolicyAction.ALLOW_UNLOCK),
  UNLOCK(PolicyAction.UNLOCK),
  /** Lets go of accounts that the policy holds. */
  RELEASE(null),
  /** Opens the approval round of a MULTI_APPROVAL policy; changes no account. */
  APPROVAL_ROUND(null);

  private final @Nullable PolicyAction action;

  Effect(@Nullable PolicyAction action) {
    this.action = action;
  }

  public static Effect of(PolicyAction action) {
    return valueOf(action.name());
  }

  /** Null where the policy's action is not applied. */
  public @Nullable PolicyAction action() {
    return action;
  }
}
