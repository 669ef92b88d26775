package org.drawbridge.audit.boundary;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
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

  /** Entries of a company at once: checks have to get their turn between. */
  private static final int BITE = 100;

  private static final int BITES = 10;
  private static final long BETWEEN_NANOS = 75_000_000;

  @Inject ActivityChainTransactions transactions;

  private final AtomicBoolean atWork = new AtomicBoolean();

  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  void look() {
    if (!atWork.compareAndSet(false, true)) {
      return;
    }
    try {
      chain(transactions.behind());
    } catch (RuntimeException e) {
      warn(e);
    } finally {
      atWork.set(false);
    }
  }

  /** Bite after bite in turns, as long as there are companies that have more. */
  private void chain(List<UUID> companies) {
    List<UUID> behind = companies.stream().filter(this::hasMore).toList();
    for (int bites = 1; bites < BITES && !behind.isEmpty(); bites++) {
      LockSupport.parkNanos(BETWEEN_NANOS);
      behind = behind.stream().filter(this::hasMore).toList();
    }
  }

  /** A failure waits for the next look, and holds up no other company. */
  private boolean hasMore(UUID company) {
    try {
      return transactions.chain(company, BITE) == BITE;
    } catch (RuntimeException e) {
      warn(e);
      return false;
    }
  }

  /** Not thrown on: servers give up timers that throw. */
  private static void warn(RuntimeException failure) {
    LogLine.event("activity.not-chained").log(LOG, Level.WARNING, failure);
  }
}
