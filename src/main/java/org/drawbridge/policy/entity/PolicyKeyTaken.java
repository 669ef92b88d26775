package org.drawbridge.policy.entity;

import org.drawbridge.problem.Kind;
import org.drawbridge.problem.Refusal;

/** The company has a policy with this key already. */
public final class PolicyKeyTaken extends Refusal {

  public PolicyKeyTaken() {
    super(Kind.CONFLICT, "policy-key-taken", "The company has a policy with this key already.");
  }
}
