package org.drawbridge.user.entity;

import org.drawbridge.problem.Kind;
import org.drawbridge.problem.Refusal;

/** An enrolment link leads nowhere any more; it says why, to who has it. */
public final class EnrolmentClosed extends Refusal {

  private EnrolmentClosed(String type, String detail) {
    super(Kind.FORBIDDEN, type, detail);
  }

  public static EnrolmentClosed used() {
    return new EnrolmentClosed(
        "enrolment-used", "This link was used already. Sign in with the passkey that was made.");
  }

  public static EnrolmentClosed expired() {
    return new EnrolmentClosed(
        "enrolment-expired", "This link has expired. Ask for a new one where you had it from.");
  }

  /** Not ours, altered, or made worthless by a newer one. */
  public static EnrolmentClosed unknown() {
    return new EnrolmentClosed(
        "enrolment-unknown",
        "This link is not valid here. Check that it was copied whole, or ask for a new one.");
  }
}
