package org.drawbridge.notification.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.drawbridge.notification.control.PushSubscriptions;
import org.drawbridge.user.entity.UserReset;

/**
 * Pushes nothing more to the browsers of a user who was reset: one of them may be somebody else's.
 */
@ApplicationScoped
public class ResetObserver {

  @Inject PushSubscriptions subscriptions;

  void on(@Observes UserReset reset) {
    subscriptions.removeAll(reset.companyId(), reset.subjectId());
  }
}
