package org.drawbridge.challenge.entity;

import org.drawbridge.problem.Impossible;
import org.drawbridge.problem.MemberError;

/** The company does not allow that way, or the person has not enrolled it. */
public final class MethodNotOffered extends Impossible {

  public MethodNotOffered() {
    super(MemberError.at("method", "is not offered to this person"));
  }
}
