package org.drawbridge.challenge.entity;

import org.drawbridge.problem.Kind;
import org.drawbridge.problem.Refusal;

/** The attempt is over, or was never one to be answered; the person has to begin anew. */
public final class ChallengeClosed extends Refusal {

  public ChallengeClosed() {
    super(
        Kind.CONFLICT,
        "challenge-closed",
        "This challenge is over. Go back to where you came from, and try again.");
  }
}
