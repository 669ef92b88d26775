package org.drawbridge.challenge.entity;

import org.drawbridge.problem.Kind;
import org.drawbridge.problem.Refusal;

/** Too many wrong codes were typed for the user, by whomever, in browsers that are not known. */
public final class TooManyTries extends Refusal {

  public TooManyTries() {
    super(
        Kind.TOO_MANY,
        "too-many-tries",
        "Too many wrong codes were typed for this account. Use a passkey or a recovery code, or try"
            + " again in an hour.");
  }
}
