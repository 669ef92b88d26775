package org.drawbridge.policy.control;

import java.util.List;
import java.util.UUID;
import org.drawbridge.account.entity.LockState;
import org.drawbridge.account.entity.PolicyAction;
import org.drawbridge.account.entity.RelockRule;
import org.jspecify.annotations.Nullable;

/**
 * An account that the transaction holds, and what policies hold of it.
 *
 * @param policyId the policy that acts on it
 * @param state as it is now, policies and all
 * @param hold that policy's; null for none
 * @param otherHolds those of other policies
 */
record HeldAccount(
    UUID id,
    UUID policyId,
    LockState state,
    RelockRule rule,
    @Nullable PolicyAction effect,
    @Nullable PolicyAction hold,
    List<PolicyAction> otherHolds) {}
