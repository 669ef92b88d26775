package org.drawbridge.notification.entity;

import org.drawbridge.problem.Kind;
import org.drawbridge.problem.Refusal;

/** Only what was given up can be tried again, as long as its text is kept. */
public final class MessageNotFailed extends Refusal {

  public MessageNotFailed() {
    super(
        Kind.CONFLICT,
        "message-not-failed",
        "Only a message that was given up can be tried again, and for a week at most.");
  }
}
