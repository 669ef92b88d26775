package org.drawbridge.notification.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;
import org.drawbridge.notification.control.Delivery;
import org.drawbridge.notification.control.Outbox;
import org.drawbridge.notification.entity.Channel;
import org.drawbridge.notification.entity.OutboxMessage;

/** The transactions around sending, which itself happens in none. */
@ApplicationScoped
@Transactional
public class OutboxTransactions {

  @Inject Outbox outbox;

  public Optional<Delivery> lease(Channel channel) {
    return outbox.lease(channel);
  }

  public void sent(Delivery delivery) {
    outbox.settle(delivery, OutboxMessage::sent);
  }

  /** Answers whether that was the last try. */
  public boolean failed(Delivery delivery, String why) {
    return outbox.settle(delivery, (message, now) -> message.failed(why, now))
        == OutboxMessage.Status.FAILED;
  }

  public void emptyTexts() {
    outbox.emptyTexts();
  }

  public long waiting(Channel channel) {
    return outbox.waiting(channel);
  }
}
