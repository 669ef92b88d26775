package org.drawbridge.account.control;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.drawbridge.account.entity.Account;
import org.drawbridge.account.entity.PolicyAction;
import org.jspecify.annotations.Nullable;

/** What policies say about an account; implemented by the feature that knows policies. */
public interface PolicyHolds {

  /**
   * A policy that the account is under.
   *
   * @param effect how the policy holds the account now; null where it does not
   * @param allowsUser whether the user may override the hold
   * @param requiredApprovals how many approvers an unlock needs beside the user; 0 for none
   */
  record PolicyHold(
      UUID policyId,
      String policyName,
      @Nullable PolicyAction effect,
      boolean allowsUser,
      int requiredApprovals) {

    /** Whether nobody can unlock the account past this policy by their own word. */
    public boolean forbidsUnlock() {
      return effect == PolicyAction.LOCK || asksApprovers();
    }

    /** Whether approvers have to agree to an unlock. */
    public boolean asksApprovers() {
      return requiredApprovals > 0;
    }

    /** Whether the owner can get an unlock past it, by their own word or with approvers. */
    public boolean canBeOverridden() {
      return asksApprovers() || (effect != PolicyAction.LOCK && letsUser());
    }

    /** Whether the policy leaves it to the person who owns the account. */
    public boolean letsUser() {
      return effect == null || allowsUser;
    }
  }

  /** When a policy will do something to the account. */
  record PolicyChange(UUID policyId, String policyName, Instant at, boolean locks, boolean ends) {}

  /** The strongest first. */
  List<PolicyHold> of(Account account);

  Optional<PolicyChange> next(Account account);

  /** Ends the holds that may be overridden; the transaction holds the account. */
  void override(Account account);
}
