package org.drawbridge.auth0.entity;

import java.time.Duration;
import org.drawbridge.problem.Kind;
import org.drawbridge.problem.Refusal;

/** One number got enough messages for now: whoever keeps asking for codes pays nobody's bill. */
public final class TooManyPhoneMessages extends Refusal {

  private final Duration wait;

  public TooManyPhoneMessages(Duration wait) {
    super(
        Kind.TOO_MANY,
        "too-many-phone-messages",
        "Enough messages were sent to this number for now.");
    this.wait = wait;
  }

  @Override
  public Duration retryAfter() {
    return wait;
  }
}
