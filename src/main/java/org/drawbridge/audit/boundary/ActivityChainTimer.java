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
import java.util.concurrent.locks.LockSupport;
import org.drawbridge.kernel.TimedWork;

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

  /** Entries of a company at once: checks have to get their turn between. */
  private static final int BITE = 100;

  private static final int BITES = 10;
  private static final long BETWEEN_NANOS = 75_000_000;

  @Inject TimedWork work;
  @Inject ActivityChainTransactions transactions;

  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  void look() {
    work.alone(() -> chain(transactions.behind()));
  }

  /** Bite after bite in turns, as long as there are companies that have more. */
  private void chain(List<UUID> companies) {
    List<UUID> behind = companies.stream().filter(this::hasMore).toList();
    for (int bites = 1; bites < BITES && !behind.isEmpty(); bites++) {
      LockSupport.parkNanos(BETWEEN_NANOS);
      behind = behind.stream().filter(this::hasMore).toList();
    }
  }

  /** A failure holds up no other company. */
  private boolean hasMore(UUID company) {
    return work.succeeds(() -> transactions.chain(company, BITE) == BITE);
  }
}
