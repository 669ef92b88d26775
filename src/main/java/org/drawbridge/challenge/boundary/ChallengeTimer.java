package org.drawbridge.challenge.boundary;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.drawbridge.challenge.control.ChallengeSessions;
import org.drawbridge.challenge.control.CodeChallenges;
import org.drawbridge.challenge.control.Recognizing;
import org.drawbridge.challenge.control.SentCodes;
import org.drawbridge.kernel.TimedWork;

/** Clears away what nobody can use any more: codes, with where they went, sessions, and devices. */
@Singleton
@DependsOn("Migration")
@TransactionManagement(TransactionManagementType.BEAN)
public class ChallengeTimer {

  private static final Duration KEEPING = Duration.ofDays(1);

  @Inject TimedWork work;
  @Inject SentCodes codes;
  @Inject CodeChallenges challenges;
  @Inject ChallengeSessions sessions;
  @Inject Recognizing devices;
  @Inject Clock clock;

  @Schedule(hour = "*", minute = "*", persistent = false)
  void clearAway() {
    Instant now = clock.instant();
    work.inTransaction(
        () -> {
          codes.removeBefore(now.minus(KEEPING));
          challenges.removeBefore(now.minus(KEEPING));
          sessions.removeOver(now);
          devices.removeOver(now);
        });
  }
}
