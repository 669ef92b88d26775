package org.drawbridge.challenge.entity;

import org.drawbridge.problem.Impossible;
import org.drawbridge.problem.MemberError;

/** The company does not allow that way, or the person has not enrolled it. */
public final class MethodNotOffered extends Impossible {

  public MethodNotOffered() {
    this("method");
  }

  /**
   * @param member of the request that names the way
   */
  public MethodNotOffered(String member) {
    super(MemberError.at(member, "is not offered to this person"));
  }
}
