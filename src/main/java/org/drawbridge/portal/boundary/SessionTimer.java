package org.drawbridge.portal.boundary;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Clock;
import org.drawbridge.kernel.TimedWork;
import org.drawbridge.portal.control.Sessions;
import org.drawbridge.portal.entity.Session;

/** Clears away sessions that are over. */
@Singleton
@DependsOn("Migration")
@TransactionManagement(TransactionManagementType.BEAN)
public class SessionTimer {

  @Inject TimedWork work;
  @Inject Sessions sessions;
  @Inject Clock clock;

  @Schedule(hour = "*", minute = "30", persistent = false)
  void clearAway() {
    work.inTransaction(() -> sessions.removeBefore(clock.instant().minus(Session.ABSOLUTE)));
  }
}
