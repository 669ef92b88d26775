package org.drawbridge.notification.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.drawbridge.notification.control.Delivery;
import org.drawbridge.notification.control.DeliveryFailed;
import org.drawbridge.notification.control.Leasing;
import org.drawbridge.notification.control.Outbox;
import org.drawbridge.notification.control.Outcome;
import org.drawbridge.notification.control.PushSubscriptions;
import org.drawbridge.notification.entity.Channel;
import org.drawbridge.notification.entity.OutboxMessage;
import org.drawbridge.notification.entity.OutboxMessage.Status;
import org.drawbridge.notification.entity.SubscriptionEnded;

/** The transactions around sending, which itself happens in none. */
@ApplicationScoped
@Transactional
public class OutboxTransactions {

  @Inject Outbox outbox;
  @Inject Leasing leasing;
  @Inject PushSubscriptions subscriptions;

  public List<Delivery> lease(Channel channel, Set<String> except, Set<UUID> served) {
    return leasing.lease(channel, except, served);
  }

  public List<Delivery> leaseOne(Channel channel, String recipient) {
    return leasing.leaseOne(channel, recipient);
  }

  /** Gives back what was leased and not tried. */
  public void release(List<Delivery> deliveries) {
    leasing.hold(deliveries);
    deliveries.forEach(delivery -> leasing.settle(delivery, OutboxMessage::release));
  }

  /** Records how tries ended. Answers what was given up. */
  public List<Delivery> settle(List<Outcome> outcomes) {
    leasing.hold(outcomes.stream().map(Outcome::delivery).toList());
    return outcomes.stream()
        .filter(o -> leasing.settle(o.delivery(), (m, now) -> end(m, o, now)) == Status.FAILED)
        .map(Outcome::delivery)
        .toList();
  }

  private static void end(OutboxMessage message, Outcome outcome, Instant now) {
    DeliveryFailed failure = outcome.failure();
    if (failure == null) {
      message.sent(now);
    } else if (failure.isFinal()) {
      message.giveUp(failure.why(), now);
    } else {
      message.failed(failure.why(), now);
    }
  }

  public void forget(@Observes SubscriptionEnded event) {
    subscriptions.remove(event.subscription());
  }

  public void emptyTexts() {
    outbox.emptyTexts();
  }

  public long waiting(Channel channel) {
    return outbox.waiting(channel);
  }
}
