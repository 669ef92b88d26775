package org.drawbridge.approval.entity;

import java.util.Locale;
import org.drawbridge.problem.Kind;
import org.drawbridge.problem.Refusal;

/** The approval request is decided. */
public final class ApprovalRequestClosed extends Refusal {

  public ApprovalRequestClosed(ApprovalRequest.State state) {
    super(
        Kind.CONFLICT,
        "approval-request-closed",
        "This request waits for no votes: it is " + state.name().toLowerCase(Locale.ROOT) + ".");
  }
}
