package org.drawbridge.notification.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.drawbridge.kernel.Notice;
import org.drawbridge.notification.control.Queueing;

/**
 * Puts notices into the outbox, in the transaction of what they tell about: both happen or neither
 * does.
 */
@ApplicationScoped
public class NoticeObserver {

  @Inject Queueing queueing;

  void on(@Observes Notice notice) {
    queueing.notice(notice);
  }
}
