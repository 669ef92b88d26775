package org.drawbridge.notification.entity;

import org.drawbridge.problem.Kind;
import org.drawbridge.problem.Refusal;

/** Every change is sent to each of them, so that there is a most. */
public final class TooManyWebhooks extends Refusal {

  public TooManyWebhooks(int most) {
    super(Kind.CONFLICT, "too-many-webhooks", "A company has " + most + " webhooks at most.");
  }
}
