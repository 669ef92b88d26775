package org.drawbridge.policy.entity;

import org.drawbridge.problem.Kind;
import org.drawbridge.problem.Refusal;

/** A policy acts only between its active date and its end date. */
public final class PolicyNotActive extends Refusal {

  public PolicyNotActive() {
    super(
        Kind.CONFLICT,
        "policy-not-active",
        "The policy is executed only between its activeDate and its endDate.");
  }
}
