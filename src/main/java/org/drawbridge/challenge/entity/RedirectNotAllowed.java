package org.drawbridge.challenge.entity;

import org.drawbridge.problem.Impossible;
import org.drawbridge.problem.MemberError;

/** People are sent back to origins that the company has allowed, and nowhere else. */
public final class RedirectNotAllowed extends Impossible {

  public RedirectNotAllowed(String member) {
    super(
        MemberError.at(
            member,
            "must be an https address at one of the allowedOrigins of the company's challenge"
                + " settings"));
  }
}
