package org.drawbridge.protection.control;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.drawbridge.account.entity.AccountStatus;
import org.drawbridge.account.entity.Decision;
import org.drawbridge.account.entity.LockState;
import org.drawbridge.protection.control.Found.Earlier;
import org.drawbridge.protection.control.Found.KnownAccount;
import org.drawbridge.protection.entity.Answer;
import org.jspecify.annotations.Nullable;

/**
 * Decides the questions of one batch, in order, each seeing what those before it did to the
 * accounts. Knows the rules and no database: what it decides is written by {@link CheckStatements}.
 */
final class Batch {

  /** Within this time a repeated {@code jti} is a retry. */
  static final Duration RETRY_WINDOW = Duration.ofSeconds(60);

  private final Instant now;
  private final Map<UUID, KnownAccount> accounts = new HashMap<>();
  private final Map<RetryKey, Integer> firstOfRetryKey = new HashMap<>();
  private final @Nullable Outcome[] outcomes;
  private final List<Verdict> verdicts = new ArrayList<>();
  private final List<Earlier> outdatedRetryKeys = new ArrayList<>();

  private record RetryKey(UUID applicationId, UUID key) {}

  private Batch(int size, Instant now) {
    this.outcomes = new @Nullable Outcome[size];
    this.now = now;
  }

  static Batch decide(List<Question> questions, List<Found> found, Instant now) {
    Batch batch = new Batch(questions.size(), now);
    for (Found each : found) {
      if (each.account() != null) {
        batch.accounts.putIfAbsent(each.account().id(), each.account());
      }
    }
    for (int i = 0; i < questions.size(); i++) {
      batch.outcomes[i] = batch.decide(i, questions.get(i), found.get(i));
    }
    return batch;
  }

  /** One for each question, in their order; true only once the verdicts are durable. */
  List<Outcome> outcomes() {
    List<Outcome> all = new ArrayList<>(outcomes.length);
    for (Outcome outcome : outcomes) {
      all.add(Objects.requireNonNull(outcome));
    }
    return all;
  }

  /** What is to be recorded. */
  List<Verdict> verdicts() {
    return verdicts;
  }

  /** Whether recording must also change accounts, and therefore hold them. */
  boolean changesAccounts() {
    return verdicts.stream().anyMatch(Verdict::endsUnlock);
  }

  /** Checks so old that their {@code jti} may be used anew. */
  List<Earlier> outdatedRetryKeys() {
    return outdatedRetryKeys;
  }

  private Outcome decide(int index, Question question, Found found) {
    if (!Objects.equals(found.applicationVersion(), question.applicationVersion())) {
      return new Outcome.CallerOutdated();
    }
    KnownAccount account = found.account() == null ? null : accounts.get(found.account().id());
    if (account == null && question.mustExist()) {
      return new Outcome.NoSuchAccount();
    }
    Earlier earlier = found.earlier();
    if (earlier != null) {
      if (earlier.checkedAt().isAfter(now.minus(RETRY_WINDOW))) {
        return new Outcome.Answered(repeated(earlier.answer(), account));
      }
      outdatedRetryKeys.add(earlier);
    }
    Integer first =
        firstOfRetryKey.putIfAbsent(
            new RetryKey(question.applicationId(), question.retryKey()), index);
    if (first != null) {
      return Objects.requireNonNull(outcomes[first]);
    }
    Verdict verdict = verdict(question, found, account);
    verdicts.add(verdict);
    return new Outcome.Answered(verdict.answer());
  }

  private Verdict verdict(Question question, Found found, @Nullable KnownAccount account) {
    if (account == null || !account.enabled()) {
      Answer answer = new Answer(question.id(), found.deniesUnknown(), AccountStatus.NOT_PROTECTED);
      return new Verdict(question, answer, account, null);
    }
    Decision decision =
        account.state().check(account.rule(), question.login().isAfterAuthentication(), now);
    if (decision.endsUnlock()) {
      LockState locked = new LockState(true, account.state().unlockedAt(), null);
      accounts.put(account.id(), account.with(locked, question.id()));
    }
    AccountStatus status = decision.locked() ? AccountStatus.LOCKED : AccountStatus.UNLOCKED;
    Answer answer =
        new Answer(question.id(), decision.locked(), status).withOwner(account.hasOwner());
    return new Verdict(question, answer, account, decision);
  }

  /** The first answer again, unless something else has locked the account since. */
  private Answer repeated(Answer first, @Nullable KnownAccount account) {
    boolean lockedNow =
        account != null && account.enabled() && account.state().isLockedAt(now, account.rule());
    boolean byItself =
        account != null
            && account.state().locked()
            && !account.state().held()
            && first.checkId().equals(account.lockedByCheck());
    Answer answer =
        lockedNow && !byItself ? new Answer(first.checkId(), true, AccountStatus.LOCKED) : first;
    return answer.withOwner(account != null && account.hasOwner());
  }
}
