package org.drawbridge.notification.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.drawbridge.notification.control.Delivery;
import org.drawbridge.notification.control.DeliveryFailed;
import org.drawbridge.notification.control.Gateways;
import org.drawbridge.notification.control.Line;
import org.drawbridge.notification.control.Outbox;
import org.drawbridge.notification.control.OutboxMetrics;
import org.drawbridge.notification.entity.Channel;
import org.drawbridge.problem.LogLine;

/**
 * Sends what is due. Messages are leased a few at a time, and settled one by one: what a crash can
 * make arrive twice is the single message that was on its way. The log names messages, never
 * recipients or texts.
 */
@ApplicationScoped
public class Sending {

  private static final Logger LOG = Logger.getLogger(Sending.class.getName());

  @Inject OutboxTransactions transactions;
  @Inject Gateways gateways;
  @Inject OutboxMetrics metrics;
  @Inject Clock clock;

  /**
   * Goes on until nothing is due.
   *
   * @param more called when there may be more than one thread can send
   */
  void all(Channel channel, Runnable more) {
    List<Delivery> leased = transactions.lease(channel);
    if (leased.isEmpty()) {
      return;
    }
    try (Line line = gateways.line(channel)) {
      for (; !leased.isEmpty(); leased = transactions.lease(channel)) {
        if (leased.size() == Outbox.AT_A_TIME) {
          more.run();
        }
        for (Delivery delivery : leased) {
          if (clock.instant().isBefore(delivery.until())) {
            send(line, delivery);
          } else {
            transactions.release(delivery);
          }
        }
      }
    }
  }

  private void send(Line line, Delivery delivery) {
    try {
      line.send(delivery);
    } catch (DeliveryFailed e) {
      failed(delivery, e.why(), e.isFinal());
      return;
    } catch (RuntimeException e) {
      // A defect of ours, or of a library; the next message may fare better.
      line("outbox.try-broke", delivery).log(LOG, Level.WARNING, e);
      failed(delivery, e.toString(), false);
      return;
    }
    transactions.sent(delivery);
    metrics.sent(delivery.channel());
  }

  private void failed(Delivery delivery, String why, boolean forGood) {
    metrics.failed(delivery.channel());
    if (transactions.failed(delivery, why, forGood)) {
      metrics.givenUp(delivery.channel());
      line("outbox.given-up", delivery).log(LOG, Level.WARNING);
    } else {
      line("outbox.try-failed", delivery).log(LOG, Level.INFO);
    }
  }

  private static LogLine line(String event, Delivery delivery) {
    return LogLine.event(event)
        .with("message", delivery.key().id())
        .with("channel", delivery.channel())
        .with("kind", delivery.kind());
  }
}
