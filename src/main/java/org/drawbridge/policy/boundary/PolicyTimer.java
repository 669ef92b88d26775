package org.drawbridge.policy.boundary;

import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.drawbridge.kernel.TimedWork;

/**
 * Looks every second for policies that are due and for executions that are not finished, and wakes
 * in between for what is due sooner. Every node does; the database gives each policy, and each
 * chunk, to one of them. Nothing has to be armed anew when a policy changes, on whichever node.
 */
@Singleton
@Startup
@DependsOn("Migration")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class PolicyTimer {

  private static final int POLICIES_AT_ONCE = 200;
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration CARRYING = Duration.ofSeconds(20);

  @Resource ManagedScheduledExecutorService executor;
  @Inject TimedWork findingDue;
  @Inject TimedWork carryingOut;
  @Inject PolicyTransactions transactions;
  @Inject Carrying carrying;
  @Inject Clock clock;

  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  void tick() {
    actOnDue();
    findingDue.run(this::wakeForNext);
  }

  private void wakeForNext() {
    Instant now = clock.instant();
    transactions
        .nextDue()
        .filter(due -> due.isBefore(now.plus(TICK)))
        .ifPresent(due -> wakeIn(Duration.between(now, due)));
  }

  private void wakeIn(Duration time) {
    // What came due meanwhile is for at once.
    long millis = Math.max(0, time.toMillis()) + 1;
    Future<?> unused = executor.schedule(this::actOnDue, millis, TimeUnit.MILLISECONDS);
  }

  /** Apart from {@link #tick}, and stopped for it: what comes due is recorded first. */
  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  void carryOn() {
    carryingOut.alone(() -> carrying.all(CARRYING, findingDue::isAtWork));
  }

  private void actOnDue() {
    findingDue.alone(
        () -> {
          int acted = transactions.actOnDue(POLICIES_AT_ONCE);
          boolean some = acted > 0;
          while (acted == POLICIES_AT_ONCE) {
            acted = transactions.actOnDue(POLICIES_AT_ONCE);
          }
          if (some) {
            executor.execute(this::carryOn);
          }
        });
  }
}
