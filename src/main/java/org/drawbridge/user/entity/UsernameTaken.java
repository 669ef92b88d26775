package org.drawbridge.user.entity;

import org.drawbridge.problem.Kind;
import org.drawbridge.problem.Refusal;

/** The company has a user with this name already. */
public final class UsernameTaken extends Refusal {

  public UsernameTaken() {
    super(Kind.CONFLICT, "username-taken", "The company has a user with this username already.");
  }
}
