package org.drawbridge.registration.entity;

import org.drawbridge.problem.Kind;
import org.drawbridge.problem.Refusal;

/** The code is wrong, too old, used, or was tried too often; or there is no such sign-up. */
public final class ConfirmationRefused extends Refusal {

  public ConfirmationRefused() {
    super(
        Kind.FORBIDDEN,
        "confirmation-refused",
        "This confirmation code does not count. Check it, or sign up again for a new one.");
  }
}
