package org.drawbridge.protection.entity;

import java.time.Duration;
import org.drawbridge.problem.Kind;
import org.drawbridge.problem.Refusal;

/** The check could not be recorded within its time budget, so it is not answered. */
public final class Unrecorded extends Refusal {

  public Unrecorded() {
    super(Kind.UNAVAILABLE, "check-not-recorded", "The check could not be recorded in time.");
  }

  @Override
  public Duration retryAfter() {
    return Duration.ofSeconds(1);
  }
}
