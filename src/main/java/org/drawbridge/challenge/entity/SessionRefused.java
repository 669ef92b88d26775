package org.drawbridge.challenge.entity;

import org.drawbridge.problem.Kind;
import org.drawbridge.problem.Refusal;

/** The token is of no session that goes on, or of another client; which of these is not told. */
public final class SessionRefused extends Refusal {

  public SessionRefused() {
    super(Kind.FORBIDDEN, "invalid-token", "The token is invalid, has expired or was revoked.");
  }
}
