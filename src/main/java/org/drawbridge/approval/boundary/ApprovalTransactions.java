package org.drawbridge.approval.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import org.drawbridge.approval.control.AnsweringUnlock;
import org.drawbridge.approval.control.ApprovalRequests;
import org.drawbridge.approval.control.RequestingApproval;
import org.drawbridge.approval.control.UnlockRequests;
import org.drawbridge.kernel.OwnedId;

/** The transactions of the timer: one for each request. */
@ApplicationScoped
@Transactional
public class ApprovalTransactions {

  @Inject UnlockRequests unlocks;
  @Inject AnsweringUnlock answering;
  @Inject ApprovalRequests approvals;
  @Inject RequestingApproval requesting;
  @Inject Clock clock;

  public List<OwnedId> overdueUnlocks(int most) {
    return unlocks.overdue(clock.instant(), most);
  }

  public void expireUnlock(OwnedId id) {
    answering.expire(id);
  }

  public List<OwnedId> overdueApprovals(int most) {
    return approvals.overdue(clock.instant(), most);
  }

  public void expireApproval(OwnedId id) {
    requesting.expire(id);
  }

  public List<OwnedId> toEscalate(int most) {
    return approvals.toEscalate(clock.instant(), most);
  }

  public void escalate(OwnedId id) {
    requesting.escalate(id);
  }
}
