package org.drawbridge.audit.boundary;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.drawbridge.problem.LogLine;

/**
 * Chains every few seconds what has been written. Every node looks; the head of the chain goes to
 * one of them at a time. What a policy over a million accounts writes is chained within minutes, at
 * a pace that leaves room for checks.
 */
@Singleton
@DependsOn("Migration")
@TransactionManagement(TransactionManagementType.BEAN)
public class ActivityChainTimer {

  private static final Logger LOG = Logger.getLogger(ActivityChainTimer.class.getName());
  private static final int CHUNK = 1000;
  private static final int CHUNKS_AT_ONCE = 10;

  @Inject ActivityChainTransactions transactions;

  @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
  void look() {
    for (UUID companyId : transactions.behind()) {
      try {
        chain(companyId);
      } catch (RuntimeException e) {
        // The next look tries again.
        LogLine.event("activity.not-chained").log(LOG, Level.WARNING, e);
      }
    }
  }

  private void chain(UUID companyId) {
    int chunks = 0;
    int chained;
    do {
      chained = transactions.chain(companyId, CHUNK);
    } while (chained == CHUNK && ++chunks < CHUNKS_AT_ONCE);
  }
}
