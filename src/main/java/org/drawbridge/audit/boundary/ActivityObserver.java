package org.drawbridge.audit.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.drawbridge.audit.control.ActivityLog;
import org.drawbridge.kernel.CompanyEvent;

/** Writes what changed into the log, in the transaction of the change. */
@ApplicationScoped
public class ActivityObserver {

  @Inject ActivityLog log;

  void on(@Observes CompanyEvent event) {
    if (!event.isLogged()) {
      log.add(event);
    }
  }
}
