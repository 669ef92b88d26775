package org.drawbridge.account.entity;

import org.drawbridge.problem.Kind;
import org.drawbridge.problem.Refusal;

/** The company has a group with this key already. */
public final class GroupKeyTaken extends Refusal {

  public GroupKeyTaken() {
    super(Kind.CONFLICT, "group-key-taken", "The company has a group with this key already.");
  }
}
