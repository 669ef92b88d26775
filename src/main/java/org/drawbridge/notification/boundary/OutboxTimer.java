package org.drawbridge.notification.boundary;

import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.drawbridge.kernel.Notice;
import org.drawbridge.notification.control.OutboxMetrics;
import org.drawbridge.notification.entity.Channel;
import org.drawbridge.problem.LogLine;

/**
 * Looks every second for messages that are due, and at once for those that this node has put down.
 * Every node does; the database gives each message to one of them. A gateway that hangs holds up
 * its own channel alone.
 */
@Singleton
@Startup
@DependsOn("Migration")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class OutboxTimer {

  private static final Logger LOG = Logger.getLogger(OutboxTimer.class.getName());

  @Resource ManagedExecutorService executor;
  @Inject Sending sending;
  @Inject OutboxTransactions transactions;
  @Inject OutboxMetrics metrics;

  private final Map<Channel, AtomicBoolean> atWork = new EnumMap<>(Channel.class);

  public OutboxTimer() {
    for (Channel channel : Channel.values()) {
      atWork.put(channel, new AtomicBoolean());
    }
  }

  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  void mail() {
    send(Channel.MAIL);
  }

  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  void sms() {
    send(Channel.SMS);
  }

  public void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) Notice notice) {
    executor.execute(this::mail);
    executor.execute(this::sms);
  }

  @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
  void measure() {
    attempt(
        () -> {
          for (Channel channel : Channel.values()) {
            metrics.waiting(channel, transactions.waiting(channel));
          }
        });
  }

  @Schedule(hour = "*", minute = "*", persistent = false)
  void emptyTexts() {
    attempt(transactions::emptyTexts);
  }

  /** Where it is being done already, that goes on until nothing is due. */
  private void send(Channel channel) {
    AtomicBoolean busy = atWork.get(channel);
    if (busy == null || !busy.compareAndSet(false, true)) {
      return;
    }
    try {
      attempt(() -> sending.all(channel));
    } finally {
      busy.set(false);
    }
  }

  /** A failure waits for the next time: servers give up timers that throw. */
  private static void attempt(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LogLine.event("outbox.timer-failed").log(LOG, Level.WARNING, e);
    }
  }
}
