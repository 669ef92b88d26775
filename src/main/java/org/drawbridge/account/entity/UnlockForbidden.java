package org.drawbridge.account.entity;

import org.drawbridge.problem.Kind;
import org.drawbridge.problem.Refusal;

/** A policy that the account is under does not let it be unlocked like this. */
public final class UnlockForbidden extends Refusal {

  public UnlockForbidden(String policyName, int requiredApprovals) {
    super(
        Kind.CONFLICT,
        "unlock-forbidden",
        requiredApprovals > 0
            ? "The policy \"%s\" asks for the user's own yes and that of %d approver(s)."
                .formatted(policyName, requiredApprovals)
            : "The policy \"%s\" holds the account locked.".formatted(policyName));
  }
}
