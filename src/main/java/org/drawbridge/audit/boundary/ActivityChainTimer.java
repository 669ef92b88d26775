package org.drawbridge.audit.boundary;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.drawbridge.problem.LogLine;

/**
 * Chains every second what has been written. Every node looks; the head of the chain goes to one of
 * them at a time. What a policy over a million accounts writes is chained within minutes, at a pace
 * that leaves room for checks.
 */
@Singleton
@DependsOn("Migration")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class ActivityChainTimer {

  private static final Logger LOG = Logger.getLogger(ActivityChainTimer.class.getName());
  private static final int CHUNK = 1000;
  private static final int CHUNKS_AT_ONCE = 2;

  @Inject ActivityChainTransactions transactions;

  private final AtomicBoolean atWork = new AtomicBoolean();

  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  void look() {
    if (!atWork.compareAndSet(false, true)) {
      return;
    }
    try {
      attempt(() -> transactions.behind().forEach(company -> attempt(() -> chain(company))));
    } finally {
      atWork.set(false);
    }
  }

  /**
   * A failure waits for the next look, and holds up no other company: servers give up timers that
   * throw.
   */
  private static void attempt(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LogLine.event("activity.not-chained").log(LOG, Level.WARNING, e);
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
