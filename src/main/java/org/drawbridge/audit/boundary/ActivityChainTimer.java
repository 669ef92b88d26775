package org.drawbridge.audit.boundary;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.drawbridge.problem.LogLine;

/**
 * Chains every second what has been written. Every node looks; the head of the chain goes to one of
 * them at a time. What a policy over a million accounts writes is chained bit by bit, at a pace
 * that leaves room for checks.
 */
@Singleton
@DependsOn("Migration")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class ActivityChainTimer {

  private static final Logger LOG = Logger.getLogger(ActivityChainTimer.class.getName());

  /** Of a company, each second. */
  private static final int MOST = 1000;

  @Inject ActivityChainTransactions transactions;

  private final AtomicBoolean atWork = new AtomicBoolean();

  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  void look() {
    if (!atWork.compareAndSet(false, true)) {
      return;
    }
    try {
      attempt(
          () ->
              transactions
                  .behind()
                  .forEach(company -> attempt(() -> transactions.chain(company, MOST))));
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
}
