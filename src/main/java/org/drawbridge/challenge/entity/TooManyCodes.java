package org.drawbridge.challenge.entity;

import org.drawbridge.problem.Kind;
import org.drawbridge.problem.Refusal;

/** Enough codes were sent for now. */
public final class TooManyCodes extends Refusal {

  public TooManyCodes() {
    super(
        Kind.TOO_MANY,
        "too-many-codes",
        "Enough codes were sent for now. Use one that came, or another way.");
  }
}
