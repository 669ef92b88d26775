package org.drawbridge.notification.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import org.drawbridge.notification.control.Delivery;
import org.drawbridge.notification.control.Outbox;
import org.drawbridge.notification.control.PushSubscriptions;
import org.drawbridge.notification.entity.Channel;
import org.drawbridge.notification.entity.OutboxMessage;
import org.drawbridge.notification.entity.SubscriptionEnded;

/** The transactions around sending, which itself happens in none. */
@ApplicationScoped
@Transactional
public class OutboxTransactions {

  @Inject Outbox outbox;
  @Inject PushSubscriptions subscriptions;

  public List<Delivery> lease(Channel channel) {
    return outbox.lease(channel);
  }

  public void release(Delivery delivery) {
    outbox.settle(delivery, OutboxMessage::release);
  }

  public void sent(Delivery delivery) {
    outbox.settle(delivery, OutboxMessage::sent);
  }

  /**
   * Answers whether that was the last try.
   *
   * @param forGood whether no other try can succeed
   */
  public boolean failed(Delivery delivery, String why, boolean forGood) {
    return outbox.settle(
            delivery,
            (message, now) -> {
              if (forGood) {
                message.giveUp(why, now);
              } else {
                message.failed(why, now);
              }
            })
        == OutboxMessage.Status.FAILED;
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
