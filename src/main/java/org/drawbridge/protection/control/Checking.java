package org.drawbridge.protection.control;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.function.Supplier;
import org.drawbridge.access.DomainCaller;
import org.drawbridge.account.entity.AccountStatus;
import org.drawbridge.company.control.KeyRing;
import org.drawbridge.company.entity.OnFailure;
import org.drawbridge.kernel.Database;
import org.drawbridge.kernel.GroupCommit;
import org.drawbridge.kernel.Ids;
import org.drawbridge.problem.NotFound;
import org.drawbridge.problem.StorageUnavailable;
import org.drawbridge.protection.control.Outcome.Answered;
import org.drawbridge.protection.control.Outcome.CallerOutdated;
import org.drawbridge.protection.control.Outcome.NoSuchAccount;
import org.drawbridge.protection.entity.Answer;
import org.drawbridge.protection.entity.Login;
import org.drawbridge.protection.entity.Unrecorded;

/**
 * Answers protection checks, each within its time budget and only once its record is durable.
 *
 * <p>A check that cannot be recorded in time is refused, unless its application chose an answer for
 * that case. {@link GroupCommit} is what makes it fast; see ADR 3.
 */
@ApplicationScoped
public class Checking {

  @Inject KeyRing keys;
  @Inject CheckMetrics metrics;
  @Inject Clock clock;

  private GroupCommit<Question, Outcome> queue;

  @PostConstruct
  void start() {
    queue = new GroupCommit<>("checks", new CheckRecorder(new Database(), clock));
    queue.start();
    metrics.measure(queue);
  }

  /** At the start, so that the first check does not pay for it and its metrics are there. */
  void begin(@Observes @Initialized(ApplicationScoped.class) Object start) {}

  /** Takes no more checks, and lets those that were taken be recorded and answered. */
  @PreDestroy
  void stop() {
    queue.stop();
  }

  /**
   * @param verifyAgain verifies the caller's token against the database, should the keys have
   *     changed
   * @param deadline by {@link System#nanoTime}
   * @throws NotFound where the account must exist and does not
   * @throws Unrecorded where the check could not be recorded in time
   */
  public Answer check(
      DomainCaller caller,
      Supplier<DomainCaller> verifyAgain,
      String userAccountId,
      boolean mustExist,
      Login login,
      long deadline) {
    long start = System.nanoTime();
    DomainCaller verified = caller;
    while (true) {
      Question question =
          Question.of(Ids.next(clock.instant()), verified, userAccountId, mustExist, login);
      Outcome outcome = queue.ask(question, deadline);
      if (outcome instanceof Answered answered) {
        metrics.answered(answered.answer(), System.nanoTime() - start);
        return answered.answer();
      }
      if (outcome instanceof NoSuchAccount) {
        throw new NotFound("account");
      }
      if (!(outcome instanceof CallerOutdated)) {
        return unrecorded(caller);
      }
      try {
        verified = verifyAgain.get();
      } catch (StorageUnavailable e) {
        return unrecorded(caller);
      }
    }
  }

  /**
   * What is answered to a check of which there is no record.
   *
   * @throws Unrecorded where the application chose nothing for that case
   */
  public Answer unrecorded(DomainCaller caller) {
    metrics.unrecorded();
    OnFailure onFailure = keys.onFailure(caller.applicationId());
    if (onFailure == OnFailure.UNAVAILABLE) {
      throw new Unrecorded();
    }
    boolean locked = onFailure == OnFailure.DENY;
    return new Answer(
        Ids.next(clock.instant()),
        locked,
        locked ? AccountStatus.LOCKED : AccountStatus.UNLOCKED,
        false,
        false);
  }
}
