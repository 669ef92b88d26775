package org.drawbridge.protection.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.drawbridge.access.DomainCaller;
import org.drawbridge.account.entity.AccountStatus;
import org.drawbridge.account.entity.Decision;
import org.drawbridge.account.entity.LockCause;
import org.drawbridge.account.entity.LockState;
import org.drawbridge.account.entity.RelockRule;
import org.drawbridge.kernel.Ids;
import org.drawbridge.protection.control.Found.Earlier;
import org.drawbridge.protection.control.Found.KnownAccount;
import org.drawbridge.protection.entity.Answer;
import org.drawbridge.protection.entity.Login;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("A batch of checks")
class BatchTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final UUID COMPANY = UUID.randomUUID();
  private static final UUID APPLICATION = UUID.randomUUID();
  private static final long VERSION = 7;

  private static final RelockRule ON_ATTEMPT = new RelockRule(0, true, false);
  private static final RelockRule ON_SUCCESS = new RelockRule(0, false, true);
  private static final RelockRule TEN_MINUTES = new RelockRule(10, false, false);
  private static final LockState LOCKED = new LockState(true, NOON.minusSeconds(60), null);
  private static final LockState UNLOCKED = new LockState(false, NOON.minusSeconds(60), null);
  private static final Login AFTER_AUTHENTICATION =
      new Login(null, null, null, null, null, null, null, "auth0", null, null);

  private final List<Question> questions = new ArrayList<>();
  private final List<Found> found = new ArrayList<>();

  private static KnownAccount account(LockState state, RelockRule rule) {
    return new KnownAccount(COMPANY, UUID.randomUUID(), true, false, state, rule, null);
  }

  private static KnownAccount disabled(LockState state) {
    return new KnownAccount(COMPANY, UUID.randomUUID(), false, false, state, ON_ATTEMPT, null);
  }

  private static Question question(
      String userAccountId, @Nullable String jti, boolean mustExist, Login login) {
    DomainCaller caller =
        new DomainCaller(COMPANY, APPLICATION, VERSION, userAccountId, Optional.ofNullable(jti));
    return Question.of(Ids.next(NOON), caller, userAccountId, mustExist, login);
  }

  private static Found found(@Nullable KnownAccount account, @Nullable Earlier earlier) {
    return new Found(VERSION, false, account, earlier);
  }

  private void ask(Question question, Found whatIsFound) {
    questions.add(question);
    found.add(whatIsFound);
  }

  private void ask(KnownAccount account) {
    ask(question("ana", null, false, Login.UNKNOWN), found(account, null));
  }

  private void ask(@Nullable KnownAccount account, String jti, @Nullable Earlier earlier) {
    ask(question("ana", jti, false, Login.UNKNOWN), found(account, earlier));
  }

  private Batch decide() {
    return Batch.decide(questions, found, NOON);
  }

  private static Answer answer(Batch batch, int index) {
    assertThat(batch.outcomes().get(index)).isInstanceOf(Outcome.Answered.class);
    return ((Outcome.Answered) batch.outcomes().get(index)).answer();
  }

  @Test
  @DisplayName("answers each question by the state of its account, under its own id")
  void answers() {
    ask(account(LOCKED, RelockRule.NEVER));
    ask(account(UNLOCKED, RelockRule.NEVER));
    Batch batch = decide();
    assertThat(answer(batch, 0))
        .isEqualTo(new Answer(questions.get(0).id(), true, AccountStatus.LOCKED));
    assertThat(answer(batch, 1))
        .isEqualTo(new Answer(questions.get(1).id(), false, AccountStatus.UNLOCKED));
    assertThat(batch.verdicts()).hasSize(2);
    assertThat(batch.changesAccounts()).isFalse();
  }

  @Test
  @DisplayName("tells whether there is an owner who can be asked for an unlock, at a retry, too")
  void owner() {
    KnownAccount owned =
        new KnownAccount(COMPANY, UUID.randomUUID(), true, true, LOCKED, RelockRule.NEVER, null);
    Answer first = new Answer(UUID.randomUUID(), true, AccountStatus.LOCKED);
    ask(owned);
    ask(account(LOCKED, RelockRule.NEVER));
    ask(owned, "one", new Earlier(COMPANY, first, NOON.minusSeconds(1)));
    Batch batch = decide();
    assertThat(List.of(answer(batch, 0), answer(batch, 1), answer(batch, 2)))
        .extracting(Answer::hasOwner)
        .containsExactly(true, false, true);
  }

  @Nested
  @DisplayName("on one unlock")
  class OneUnlock {

    @Test
    @DisplayName("lets exactly the first of forty through")
    void oneWinner() {
      KnownAccount account = account(UNLOCKED, ON_ATTEMPT);
      IntStream.range(0, 40).forEach(i -> ask(account));
      Batch batch = decide();
      assertThat(answer(batch, 0).locked()).isFalse();
      assertThat(IntStream.range(1, 40).mapToObj(i -> answer(batch, i).locked()))
          .containsOnly(true);
      assertThat(batch.verdicts().stream().filter(Verdict::endsUnlock)).hasSize(1);
      assertThat(batch.verdicts()).hasSize(40);
    }

    @Test
    @DisplayName("lets one through on each account, and mixes none up")
    void accountsApart() {
      KnownAccount ana = account(UNLOCKED, ON_ATTEMPT);
      KnownAccount ben = account(UNLOCKED, ON_ATTEMPT);
      List.of(ana, ben, ana, ben).forEach(BatchTest.this::ask);
      Batch batch = decide();
      assertThat(IntStream.range(0, 4).mapToObj(i -> answer(batch, i).locked()))
          .containsExactly(false, false, true, true);
    }

    @Test
    @DisplayName("that a success ends, lets those before the first success through, and it")
    void onSuccess() {
      KnownAccount account = account(UNLOCKED, ON_SUCCESS);
      ask(account);
      ask(question("ana", null, false, AFTER_AUTHENTICATION), found(account, null));
      ask(account);
      Batch batch = decide();
      assertThat(IntStream.range(0, 3).mapToObj(i -> answer(batch, i).locked()))
          .containsExactly(false, false, true);
    }

    @Test
    @DisplayName("whose minutes are over, refuses all, and ends it once")
    void minutesOver() {
      KnownAccount account =
          account(new LockState(false, NOON.minusSeconds(600), null), TEN_MINUTES);
      ask(account);
      ask(account);
      Batch batch = decide();
      assertThat(answer(batch, 0).locked()).isTrue();
      assertThat(answer(batch, 1).locked()).isTrue();
      assertThat(batch.changesAccounts()).isTrue();
      assertThat(batch.verdicts().get(0).decision())
          .isEqualTo(new Decision(true, LockCause.AUTO_LOCK_MINUTES, NOON));
      assertThat(batch.verdicts().get(1).endsUnlock()).isFalse();
    }
  }

  @Nested
  @DisplayName("with a repeated jti")
  class Retries {

    private final KnownAccount unlockedOnce = account(UNLOCKED, ON_ATTEMPT);

    @Test
    @DisplayName("answers it as the first time, records it once, and uses the unlock once")
    void insideOneBatch() {
      ask(unlockedOnce, "one", null);
      ask(unlockedOnce, "one", null);
      ask(unlockedOnce, "two", null);
      Batch batch = decide();
      assertThat(answer(batch, 1)).isEqualTo(answer(batch, 0));
      assertThat(answer(batch, 0).locked()).isFalse();
      assertThat(answer(batch, 2).locked()).isTrue();
      assertThat(batch.verdicts()).hasSize(2);
    }

    @Test
    @DisplayName("takes checks without one, and of other accounts or applications, for new ones")
    void noRetries() {
      ask(unlockedOnce);
      ask(unlockedOnce);
      ask(question("ben", "one", false, Login.UNKNOWN), found(null, null));
      ask(question("eva", "one", false, Login.UNKNOWN), found(null, null));
      DomainCaller elsewhere =
          new DomainCaller(COMPANY, UUID.randomUUID(), VERSION, "ben", Optional.of("one"));
      ask(Question.of(Ids.next(NOON), elsewhere, "ben", false, Login.UNKNOWN), found(null, null));
      assertThat(decide().verdicts()).hasSize(5);
    }

    @Test
    @DisplayName("answers from the earlier record, though that check itself ended the unlock")
    void fromRecord() {
      Answer first = new Answer(UUID.randomUUID(), false, AccountStatus.UNLOCKED);
      ask(
          unlockedOnce.with(LOCKED, first.checkId()),
          "one",
          new Earlier(COMPANY, first, NOON.minusSeconds(1)));
      Batch batch = decide();
      assertThat(answer(batch, 0)).isEqualTo(first);
      assertThat(batch.verdicts()).isEmpty();
    }

    @Test
    @DisplayName("never ends an unlock that was given since")
    void replayBurnsNoUnlock() {
      Answer first = new Answer(UUID.randomUUID(), true, AccountStatus.LOCKED);
      ask(unlockedOnce, "one", new Earlier(COMPANY, first, NOON.minusSeconds(1)));
      Batch batch = decide();
      assertThat(answer(batch, 0)).isEqualTo(first);
      assertThat(batch.changesAccounts()).isFalse();
    }

    @Test
    @DisplayName("answers locked where somebody has locked the account since")
    void lockedMeanwhile() {
      Answer first = new Answer(UUID.randomUUID(), false, AccountStatus.UNLOCKED);
      ask(
          unlockedOnce.with(LOCKED, null),
          "one",
          new Earlier(COMPANY, first, NOON.minusSeconds(1)));
      assertThat(answer(decide(), 0))
          .isEqualTo(new Answer(first.checkId(), true, AccountStatus.LOCKED));
    }

    @Test
    @DisplayName("answers locked where another check has ended a later unlock")
    void lockedByAnotherCheck() {
      Answer first = new Answer(UUID.randomUUID(), false, AccountStatus.UNLOCKED);
      ask(
          unlockedOnce.with(LOCKED, UUID.randomUUID()),
          "one",
          new Earlier(COMPANY, first, NOON.minusSeconds(1)));
      assertThat(answer(decide(), 0).locked()).isTrue();
    }

    @Test
    @DisplayName("answers locked where the minutes of the unlock are over since")
    void minutesOverMeanwhile() {
      Answer first = new Answer(UUID.randomUUID(), false, AccountStatus.UNLOCKED);
      KnownAccount account =
          account(new LockState(false, NOON.minusSeconds(600), null), TEN_MINUTES);
      ask(account, "one", new Earlier(COMPANY, first, NOON.minusSeconds(1)));
      assertThat(answer(decide(), 0).locked()).isTrue();
    }

    @Test
    @DisplayName("answers as the first time where the account was locked but is not enabled")
    void disabledMeanwhile() {
      Answer first = new Answer(UUID.randomUUID(), false, AccountStatus.UNLOCKED);
      ask(disabled(LOCKED), "one", new Earlier(COMPANY, first, NOON.minusSeconds(1)));
      assertThat(answer(decide(), 0)).isEqualTo(first);
    }

    @Test
    @DisplayName("within sixty seconds is a retry, and exactly then a new check")
    void window() {
      Answer first = new Answer(UUID.randomUUID(), false, AccountStatus.UNLOCKED);
      Earlier recent = new Earlier(COMPANY, first, NOON.minusSeconds(60).plusNanos(1000));
      Earlier outdated = new Earlier(COMPANY, first, NOON.minusSeconds(60));
      ask(account(LOCKED, RelockRule.NEVER), "one", outdated);
      ask(account(UNLOCKED, RelockRule.NEVER), "two", recent);
      Batch batch = decide();
      assertThat(answer(batch, 0))
          .isEqualTo(new Answer(questions.get(0).id(), true, AccountStatus.LOCKED));
      assertThat(answer(batch, 1)).isEqualTo(first);
      assertThat(batch.outdatedRetryKeys()).containsExactly(outdated);
      assertThat(batch.verdicts()).hasSize(1);
    }

    @Test
    @DisplayName("after sixty seconds, twice in one batch, is one new check")
    void outdatedTwice() {
      Answer first = new Answer(UUID.randomUUID(), false, AccountStatus.UNLOCKED);
      Earlier outdated = new Earlier(COMPANY, first, NOON.minusSeconds(61));
      ask(unlockedOnce, "one", outdated);
      ask(unlockedOnce, "one", outdated);
      Batch batch = decide();
      assertThat(answer(batch, 1)).isEqualTo(answer(batch, 0));
      assertThat(batch.verdicts()).hasSize(1);
    }
  }

  @Nested
  @DisplayName("about what is not protected")
  class NotProtected {

    @Test
    @DisplayName("answers an unknown account as the application wants it, and records it")
    void unknown() {
      Question question = question("nobody", null, false, Login.UNKNOWN);
      ask(question, new Found(VERSION, false, null, null));
      ask(question("nobody", null, false, Login.UNKNOWN), new Found(VERSION, true, null, null));
      Batch batch = decide();
      assertThat(answer(batch, 0))
          .isEqualTo(new Answer(question.id(), false, AccountStatus.NOT_PROTECTED));
      assertThat(answer(batch, 1).locked()).isTrue();
      assertThat(answer(batch, 1).status()).isEqualTo(AccountStatus.NOT_PROTECTED);
      assertThat(batch.verdicts()).hasSize(2);
    }

    @Test
    @DisplayName("answers an account that is not enabled the same way, and leaves its unlock")
    void notEnabled() {
      Question question = question("ana", null, false, Login.UNKNOWN);
      ask(question, found(disabled(LOCKED), null));
      ask(
          question("ana", null, false, Login.UNKNOWN),
          new Found(VERSION, true, disabled(UNLOCKED), null));
      Batch batch = decide();
      assertThat(answer(batch, 0))
          .isEqualTo(new Answer(question.id(), false, AccountStatus.NOT_PROTECTED));
      assertThat(answer(batch, 1).locked()).isTrue();
      assertThat(batch.changesAccounts()).isFalse();
    }

    @Test
    @DisplayName("refuses an account that had to exist, and records nothing")
    void mustExist() {
      ask(question("nobody", null, true, Login.UNKNOWN), found(null, null));
      ask(question("ana", null, true, Login.UNKNOWN), found(disabled(LOCKED), null));
      Batch batch = decide();
      assertThat(batch.outcomes().get(0)).isInstanceOf(Outcome.NoSuchAccount.class);
      assertThat(answer(batch, 1).status()).isEqualTo(AccountStatus.NOT_PROTECTED);
      assertThat(batch.verdicts()).hasSize(1);
    }
  }

  @Nested
  @DisplayName("from a caller verified against what has changed since")
  class OutdatedCaller {

    private final KnownAccount account = account(UNLOCKED, ON_ATTEMPT);

    @Test
    @DisplayName("answers nothing, records nothing, and ends no unlock")
    void otherVersion() {
      ask(
          question("ana", null, false, Login.UNKNOWN),
          new Found(VERSION + 1, false, account, null));
      ask(question("ana", null, false, Login.UNKNOWN), new Found(null, false, account, null));
      Batch batch = decide();
      assertThat(batch.outcomes()).hasOnlyElementsOfType(Outcome.CallerOutdated.class);
      assertThat(batch.verdicts()).isEmpty();
      assertThat(batch.changesAccounts()).isFalse();
    }

    @Test
    @DisplayName("does not even repeat an earlier answer")
    void noRetryEither() {
      Earlier earlier =
          new Earlier(COMPANY, new Answer(UUID.randomUUID(), false, AccountStatus.UNLOCKED), NOON);
      ask(
          question("ana", "one", false, Login.UNKNOWN),
          new Found(VERSION + 1, false, account, earlier));
      assertThat(decide().outcomes()).containsExactly(new Outcome.CallerOutdated());
    }

    @Test
    @DisplayName("leaves the retry key to a later question with the same jti")
    void laterQuestion() {
      ask(
          question("ana", "one", false, Login.UNKNOWN),
          new Found(VERSION + 1, false, account, null));
      ask(account, "one", null);
      Batch batch = decide();
      assertThat(batch.outcomes().get(0)).isInstanceOf(Outcome.CallerOutdated.class);
      assertThat(answer(batch, 1).locked()).isFalse();
    }
  }

  @Test
  @DisplayName("of none decides nothing")
  void empty() {
    assertThat(decide().outcomes()).isEmpty();
    assertThat(decide().changesAccounts()).isFalse();
  }
}
