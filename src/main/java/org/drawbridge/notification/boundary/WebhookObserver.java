package org.drawbridge.notification.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.drawbridge.kernel.CompanyEvent;
import org.drawbridge.notification.control.Webhooks;

/** Queues what changed for webhooks, in the transaction of the change. */
@ApplicationScoped
public class WebhookObserver {

  @Inject Webhooks webhooks;

  void on(@Observes CompanyEvent event) {
    webhooks.tell(event);
  }
}
