package org.drawbridge.approval.entity;

import org.drawbridge.problem.Kind;
import org.drawbridge.problem.Refusal;

/** A vote is for good. */
public final class AlreadyVoted extends Refusal {

  public AlreadyVoted() {
    super(Kind.CONFLICT, "already-voted", "You have voted otherwise, and a vote is for good.");
  }
}
