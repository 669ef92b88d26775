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
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.drawbridge.kernel.TimedWork;
import org.drawbridge.notification.control.OutboxMetrics;
import org.drawbridge.notification.entity.Channel;
import org.drawbridge.notification.entity.MessageQueued;

/**
 * Looks every second for messages that are due, and at once for those that this node has queued.
 * Every node does; the database gives each message to one of them.
 */
@Singleton
@Startup
@DependsOn("Migration")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class OutboxTimer {

  /**
   * Of each channel, so that a gateway that hangs holds up its own channel alone; and as many for
   * its slow recipients.
   */
  private static final int MAX_THREADS = 4;

  @Resource ManagedExecutorService executor;
  @Inject TimedWork work;
  @Inject Sending sending;
  @Inject OutboxTransactions transactions;
  @Inject OutboxMetrics metrics;

  private final Map<Channel, Semaphore> threads = new EnumMap<>(Channel.class);
  private final Map<Channel, Semaphore> threadsForTheSlow = new EnumMap<>(Channel.class);

  public OutboxTimer() {
    for (Channel channel : Channel.values()) {
      threads.put(channel, new Semaphore(MAX_THREADS));
      threadsForTheSlow.put(channel, new Semaphore(MAX_THREADS));
    }
  }

  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  void look() {
    for (Channel channel : Channel.values()) {
      look(channel);
      if (sending.hasSlow(channel)) {
        execute(threadsForTheSlow, channel, () -> sending.slow(channel));
      }
    }
  }

  public void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) MessageQueued message) {
    // A thread that is at work finds it next.
    if (Objects.requireNonNull(threads.get(message.channel())).availablePermits() == MAX_THREADS) {
      look(message.channel());
    }
  }

  @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
  void measure() {
    work.run(
        () -> {
          for (Channel channel : Channel.values()) {
            metrics.waiting(channel, transactions.waiting(channel));
          }
        });
  }

  @Schedule(hour = "*", minute = "*", persistent = false)
  void emptyTexts() {
    work.run(transactions::emptyTexts);
  }

  /**
   * Has one more thread send. Where enough of them do already, they go on until nothing is due; and
   * what is queued just as the last of them ends is found a second later.
   */
  private void look(Channel channel) {
    execute(threads, channel, () -> sending.all(channel, () -> look(channel)));
  }

  private void execute(Map<Channel, Semaphore> all, Channel channel, Runnable task) {
    Semaphore free = Objects.requireNonNull(all.get(channel));
    if (free.tryAcquire()) {
      try {
        executor.execute(
            () -> {
              try {
                work.run(task::run);
              } finally {
                free.release();
              }
            });
      } catch (RejectedExecutionException e) {
        free.release();
      }
    }
  }
}
