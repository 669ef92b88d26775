package org.drawbridge.approval.boundary;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.drawbridge.kernel.OwnedId;
import org.drawbridge.problem.LogLine;

/**
 * Lets requests expire that too few answered in time, and asks fallback approvers. Every node
 * looks; the row decides, under its lock, so that each is told of once.
 */
@Singleton
@DependsOn("Migration")
@TransactionManagement(TransactionManagementType.BEAN)
public class ApprovalTimer {

  private static final Logger LOG = Logger.getLogger(ApprovalTimer.class.getName());
  private static final int AT_ONCE = 200;

  @Inject ApprovalTransactions transactions;

  @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
  void look() {
    each(transactions.overdueUnlocks(AT_ONCE), transactions::expireUnlock);
    each(transactions.overdueApprovals(AT_ONCE), transactions::expireApproval);
    each(transactions.toEscalate(AT_ONCE), transactions::escalate);
  }

  private static void each(List<OwnedId> ids, Consumer<OwnedId> action) {
    for (OwnedId id : ids) {
      try {
        action.accept(id);
      } catch (RuntimeException e) {
        // The next look tries again.
        LogLine.event("request.not-looked-after").log(LOG, Level.WARNING, e);
      }
    }
  }
}
