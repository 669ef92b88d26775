package org.drawbridge.account.entity;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A policy that an account is under, and whom it lets unlock the account.
 *
 * @param effect how the policy holds the account now; null where it does not
 * @param allowsUser whether the user may override the hold
 * @param requiredApprovals how many approvers an unlock needs beside the user; 0 for none
 */
public record PolicyHold(
    UUID policyId,
    String policyName,
    @Nullable PolicyAction effect,
    boolean allowsUser,
    int requiredApprovals) {

  /** Whether approvers have to agree to an unlock. */
  public boolean asksApprovers() {
    return requiredApprovals > 0;
  }

  boolean letsAdministrator() {
    return effect != PolicyAction.LOCK && !asksApprovers();
  }

  /** By their own word. */
  boolean letsOwner() {
    return letsAdministrator() && (effect == null || allowsUser);
  }

  /** By their own word, or with that of the policy's approvers. */
  boolean letsOwnerWithApprovers() {
    return asksApprovers() || letsOwner();
  }

  /**
   * @param agreed the policies whose approvers have agreed
   */
  boolean letsOwnerWith(Set<UUID> agreed) {
    return asksApprovers() ? agreed.contains(policyId) : letsOwner();
  }
}
