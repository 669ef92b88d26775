package org.drawbridge.kernel;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Inject;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.drawbridge.problem.LogLine;

/**
 * What a timer does each time. A failure is logged and waits for the next time: a server gives up a
 * timer for good that throws twice, or whose own transaction is rolled back, and a database that is
 * away for some seconds would end it. For the same reason timers have bean-managed transactions.
 */
@Dependent
public class TimedWork {

  private static final Logger LOG = Logger.getLogger(TimedWork.class.getName());

  /** Work that may fail. */
  @FunctionalInterface
  public interface Task {

    void run() throws Exception;
  }

  private final String timer;
  private final OwnTransaction transaction;
  private final AtomicBoolean atWork = new AtomicBoolean();

  /**
   * @param timer where it is injected
   */
  @Inject
  public TimedWork(InjectionPoint timer, OwnTransaction transaction) {
    this.timer = timer.getMember().getDeclaringClass().getSimpleName();
    this.transaction = transaction;
  }

  public void run(Task task) {
    succeeds(
        () -> {
          task.run();
          return true;
        });
  }

  /** In one transaction. */
  public void inTransaction(Runnable task) {
    run(() -> transaction.run(task));
  }

  /** Does nothing where the last such task is still under way on this node. */
  public void alone(Task task) {
    if (atWork.compareAndSet(false, true)) {
      try {
        run(task);
      } finally {
        atWork.set(false);
      }
    }
  }

  /** Whether a task is under way that has to be alone. */
  public boolean isAtWork() {
    return atWork.get();
  }

  /** Whether the task answers so; false where it fails. */
  public boolean succeeds(Callable<Boolean> task) {
    try {
      return task.call();
    } catch (Exception e) {
      LogLine.event("timer.failed").with("timer", timer).log(LOG, Level.WARNING, e);
      return false;
    }
  }
}
