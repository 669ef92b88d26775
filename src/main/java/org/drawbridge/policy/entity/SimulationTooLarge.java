package org.drawbridge.policy.entity;

import org.drawbridge.problem.Kind;
import org.drawbridge.problem.Refusal;

/** A dry run would have to look at more than one answer is worth. */
public final class SimulationTooLarge extends Refusal {

  private SimulationTooLarge(String detail) {
    super(Kind.IMPOSSIBLE, "simulation-too-large", detail);
  }

  public static SimulationTooLarge ofOccurrences(int most) {
    return new SimulationTooLarge(
        "The policy would act more than %,d times: choose a shorter period.".formatted(most));
  }

  public static SimulationTooLarge ofChanges(int most) {
    return new SimulationTooLarge(
        "The accounts have more than %,d lock changes: choose fewer accounts.".formatted(most));
  }
}
