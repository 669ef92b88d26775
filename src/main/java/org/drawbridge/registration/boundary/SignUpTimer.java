package org.drawbridge.registration.boundary;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import org.drawbridge.kernel.TimedWork;
import org.drawbridge.registration.control.SignUps;

/** Clears away sign-ups that are over; they are kept for as long as codes are counted. */
@Singleton
@DependsOn("Migration")
@TransactionManagement(TransactionManagementType.BEAN)
public class SignUpTimer {

  private static final Duration KEPT = Duration.ofDays(1);

  @Inject TimedWork work;
  @Inject SignUps signUps;
  @Inject Clock clock;

  @Schedule(hour = "*", minute = "15", persistent = false)
  void clearAway() {
    work.inTransaction(() -> signUps.removeBefore(clock.instant().minus(KEPT)));
  }
}
