package org.drawbridge.portal.boundary;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;
import java.time.Clock;
import org.drawbridge.portal.control.Sessions;
import org.drawbridge.portal.entity.Session;

/** Clears away sessions that are over. */
@Singleton
@DependsOn("Migration")
public class SessionTimer {

  @Inject Sessions sessions;
  @Inject Clock clock;

  @Schedule(hour = "*", minute = "30", persistent = false)
  void clearAway() {
    sessions.removeBefore(clock.instant().minus(Session.ABSOLUTE));
  }
}
