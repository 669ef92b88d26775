package org.drawbridge.challenge.entity;

import java.time.Duration;
import org.drawbridge.problem.Kind;
import org.drawbridge.problem.Refusal;

/** Too many wrong codes were typed for the user, by whomever, in browsers that are not known. */
public final class TooManyTries extends Refusal {

  private final Duration wait;

  /**
   * @param wait until it is of use to try again
   */
  public TooManyTries(Duration wait) {
    super(
        Kind.TOO_MANY,
        "too-many-tries",
        "Too many wrong codes were typed for this account. Use a passkey or a recovery code, or try"
            + " again in an hour.");
    this.wait = wait;
  }

  @Override
  public Duration retryAfter() {
    return wait;
  }
}
