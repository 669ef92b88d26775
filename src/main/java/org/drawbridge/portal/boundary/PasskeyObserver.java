package org.drawbridge.portal.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.access.UserCaller;
import org.drawbridge.credential.entity.PasskeyRemoved;
import org.drawbridge.portal.control.Sessions;

/**
 * Ends, in the same transaction, the sessions of a user one of whose passkeys was removed: it may
 * have opened them. The one in which the person removed it goes on.
 */
@ApplicationScoped
public class PasskeyObserver {

  @Inject Sessions sessions;
  @Inject CallerIdentity identity;

  void on(@Observes PasskeyRemoved removed) {
    if (identity.caller() instanceof UserCaller person) {
      sessions.endOthers(person);
    } else {
      sessions.endAll(removed.companyId(), removed.userId());
    }
  }
}
