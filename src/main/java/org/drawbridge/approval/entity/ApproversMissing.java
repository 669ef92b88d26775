package org.drawbridge.approval.entity;

import org.drawbridge.problem.Kind;
import org.drawbridge.problem.Refusal;

/** No vote could ever complete the quorum. */
public final class ApproversMissing extends Refusal {

  public ApproversMissing(String title, int quorum, int approvers) {
    super(
        Kind.CONFLICT,
        "approvers-missing",
        "\"%s\" needs %d approver(s) beside you, and has %d. Tell your administrator."
            .formatted(title, quorum, approvers));
  }
}
