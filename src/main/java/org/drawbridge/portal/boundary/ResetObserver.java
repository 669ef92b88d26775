package org.drawbridge.portal.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.drawbridge.portal.control.Sessions;
import org.drawbridge.user.entity.UserReset;

/** Ends the sessions of a user who was reset, in the same transaction. */
@ApplicationScoped
public class ResetObserver {

  @Inject Sessions sessions;

  void on(@Observes UserReset reset) {
    sessions.endAll(reset.companyId(), reset.subjectId());
  }
}
