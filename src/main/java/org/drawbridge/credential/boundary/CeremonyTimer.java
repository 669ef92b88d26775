package org.drawbridge.credential.boundary;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.drawbridge.credential.control.Ceremonies;
import org.drawbridge.credential.control.CredentialRecords;
import org.drawbridge.kernel.TimedWork;

/** Clears away ceremonies that nobody finished, and credentials that nobody signed up with. */
@Singleton
@DependsOn("Migration")
@TransactionManagement(TransactionManagementType.BEAN)
public class CeremonyTimer {

  private static final Duration UNCLAIMED = Duration.ofDays(1);

  @Inject TimedWork work;
  @Inject Ceremonies ceremonies;
  @Inject CredentialRecords records;
  @Inject Clock clock;

  @Schedule(hour = "*", minute = "*/10", persistent = false)
  void clearAway() {
    Instant now = clock.instant();
    work.inTransaction(
        () -> {
          ceremonies.removeExpired(now);
          records.removeUnclaimed(now.minus(UNCLAIMED));
        });
  }
}
