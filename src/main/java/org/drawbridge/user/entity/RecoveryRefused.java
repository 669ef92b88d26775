package org.drawbridge.user.entity;

import org.drawbridge.problem.Kind;
import org.drawbridge.problem.Refusal;

/** There is no such user, or the code is not one of theirs, or was used: which is not told. */
public final class RecoveryRefused extends Refusal {

  public RecoveryRefused() {
    super(Kind.FORBIDDEN, "recovery-refused", "The user name and the code do not go together.");
  }
}
