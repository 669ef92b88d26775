package org.drawbridge.approval.boundary;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.drawbridge.kernel.OwnedId;
import org.drawbridge.kernel.TimedWork;

/**
 * Lets requests expire that too few answered in time, and asks fallback approvers. Every node
 * looks; the row decides, under its lock, so that each is told of once.
 */
@Singleton
@DependsOn("Migration")
@TransactionManagement(TransactionManagementType.BEAN)
public class ApprovalTimer {

  private static final int AT_ONCE = 200;

  @Inject TimedWork work;
  @Inject ApprovalTransactions transactions;

  @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
  void look() {
    each(() -> transactions.overdueUnlocks(AT_ONCE), transactions::expireUnlock);
    each(() -> transactions.overdueApprovals(AT_ONCE), transactions::expireApproval);
    each(() -> transactions.toEscalate(AT_ONCE), transactions::escalate);
  }

  private void each(Supplier<List<OwnedId>> found, Consumer<OwnedId> action) {
    work.run(
        () -> {
          for (OwnedId id : found.get()) {
            work.run(() -> action.accept(id));
          }
        });
  }
}
