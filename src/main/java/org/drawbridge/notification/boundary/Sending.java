package org.drawbridge.notification.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.drawbridge.notification.control.Delivery;
import org.drawbridge.notification.control.DeliveryFailed;
import org.drawbridge.notification.control.Gateways;
import org.drawbridge.notification.control.OutboxMetrics;
import org.drawbridge.notification.entity.Channel;
import org.drawbridge.problem.LogLine;

/** Sends what is due, message by message. The log names messages, never recipients or texts. */
@ApplicationScoped
public class Sending {

  private static final Logger LOG = Logger.getLogger(Sending.class.getName());

  @Inject OutboxTransactions transactions;
  @Inject Gateways gateways;
  @Inject OutboxMetrics metrics;

  void all(Channel channel) {
    Optional<Delivery> delivery = transactions.lease(channel);
    while (delivery.isPresent()) {
      send(delivery.get());
      delivery = transactions.lease(channel);
    }
  }

  private void send(Delivery delivery) {
    try {
      gateways.send(delivery);
    } catch (DeliveryFailed e) {
      failed(delivery, e.why());
      return;
    } catch (RuntimeException e) {
      // A defect of ours, or of a library; the next message may fare better.
      line("outbox.try-broke", delivery).log(LOG, Level.WARNING, e);
      failed(delivery, e.toString());
      return;
    }
    transactions.sent(delivery);
    metrics.sent(delivery.channel());
  }

  private void failed(Delivery delivery, String why) {
    metrics.failed(delivery.channel());
    if (transactions.failed(delivery, why)) {
      metrics.givenUp(delivery.channel());
      line("outbox.given-up", delivery).log(LOG, Level.WARNING);
    } else {
      line("outbox.try-failed", delivery).log(LOG, Level.INFO);
    }
  }

  private static LogLine line(String event, Delivery delivery) {
    return LogLine.event(event)
        .with("message", delivery.id())
        .with("channel", delivery.channel())
        .with("kind", delivery.kind());
  }
}
