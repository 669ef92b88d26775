package org.drawbridge.approval.entity;

import org.drawbridge.problem.Kind;
import org.drawbridge.problem.Refusal;

/** Nobody approves what they ask for themselves. */
public final class SelfApprovalForbidden extends Refusal {

  public SelfApprovalForbidden() {
    super(Kind.FORBIDDEN, "self-approval-forbidden", "Nobody can approve their own request.");
  }
}
