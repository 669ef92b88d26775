package org.drawbridge.challenge.entity;

import java.time.Duration;
import org.drawbridge.problem.Kind;
import org.drawbridge.problem.Refusal;

/** Enough codes were sent for now. */
public final class TooManyCodes extends Refusal {

  private final Duration wait;

  /**
   * @param wait until it is of use to try again
   */
  public TooManyCodes(Duration wait) {
    super(
        Kind.TOO_MANY,
        "too-many-codes",
        "Enough codes were sent for now. Use one that came, or another way.");
    this.wait = wait;
  }

  @Override
  public Duration retryAfter() {
    return wait;
  }
}
