package org.drawbridge.account.entity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A lock state")
class LockStateTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant ONE_MICROSECOND_BEFORE_THE_END =
      NOON.plusSeconds(600).minusNanos(1000);
  private static final Instant THE_END = NOON.plusSeconds(600);

  private static final RelockRule TEN_MINUTES = new RelockRule(10, false, false);
  private static final RelockRule ON_ATTEMPT = new RelockRule(0, true, false);
  private static final RelockRule ON_SUCCESS = new RelockRule(0, false, true);

  private final LockState locked = new LockState(true, NOON, null);
  private final LockState unlocked = new LockState(false, NOON, null);

  @Nested
  @DisplayName("that is locked")
  class Locked {

    @ParameterizedTest
    @DisplayName("refuses every check and is not changed by any, whatever the owner prefers")
    @CsvSource({"0,false,false", "10,false,false", "0,true,false", "0,false,true", "10,true,true"})
    void refuses(int minutes, boolean onAttempt, boolean onSuccess) {
      RelockRule rule = new RelockRule(minutes, onAttempt, onSuccess);
      assertThat(locked.check(rule, true, NOON)).isEqualTo(Decision.unchanged(true));
      assertThat(locked.check(rule, false, NOON)).isEqualTo(Decision.unchanged(true));
      assertThat(locked.isLockedAt(NOON, rule)).isTrue();
    }

    @Test
    @DisplayName("has no end, not even one that was left over from an unlock")
    void noEnd() {
      assertThat(new LockState(true, NOON, THE_END).expiry(TEN_MINUTES)).isEmpty();
    }
  }

  @Nested
  @DisplayName("that is unlocked")
  class Unlocked {

    @Test
    @DisplayName("stays so for good where the owner prefers nothing")
    void staysUnlocked() {
      Instant muchLater = NOON.plus(Duration.ofDays(3650));
      assertThat(unlocked.expiry(RelockRule.NEVER)).isEmpty();
      assertThat(unlocked.check(RelockRule.NEVER, true, muchLater))
          .isEqualTo(Decision.unchanged(false));
      assertThat(unlocked.isLockedAt(muchLater, RelockRule.NEVER)).isFalse();
    }

    @Test
    @DisplayName("is still unlocked a microsecond before its minutes are over")
    void beforeTheEnd() {
      assertThat(unlocked.check(TEN_MINUTES, true, ONE_MICROSECOND_BEFORE_THE_END))
          .isEqualTo(Decision.unchanged(false));
      assertThat(unlocked.isLockedAt(ONE_MICROSECOND_BEFORE_THE_END, TEN_MINUTES)).isFalse();
    }

    @Test
    @DisplayName("is locked exactly when its minutes are over")
    void atTheEnd() {
      assertThat(unlocked.check(TEN_MINUTES, true, THE_END))
          .isEqualTo(new Decision(true, LockCause.AUTO_LOCK_MINUTES, THE_END));
      assertThat(unlocked.isLockedAt(THE_END, TEN_MINUTES)).isTrue();
    }

    @Test
    @DisplayName("ended when its minutes were over, not when a check noticed it")
    void endedInThePast() {
      assertThat(unlocked.check(TEN_MINUTES, true, THE_END.plusSeconds(3600)).relockedAt())
          .isEqualTo(THE_END);
    }

    @Test
    @DisplayName("for an explicit time keeps it, though the owner prefers a shorter one")
    void explicitLonger() {
      LockState explicit = new LockState(false, NOON, NOON.plusSeconds(3600));
      assertThat(explicit.expiry(TEN_MINUTES)).contains(NOON.plusSeconds(3600));
      assertThat(explicit.isLockedAt(THE_END, TEN_MINUTES)).isFalse();
    }

    @Test
    @DisplayName("for an explicit time ends then, though the owner prefers a longer one, or none")
    void explicitShorter() {
      LockState explicit = new LockState(false, NOON, NOON.plusSeconds(60));
      assertThat(explicit.isLockedAt(NOON.plusSeconds(60), TEN_MINUTES)).isTrue();
      assertThat(explicit.check(RelockRule.NEVER, false, NOON.plusSeconds(60)))
          .isEqualTo(new Decision(true, LockCause.AUTO_LOCK_MINUTES, NOON.plusSeconds(60)));
    }

    @Test
    @DisplayName("once only lets one login through, before or after authentication")
    void onAttempt() {
      Decision ends = new Decision(false, LockCause.AUTO_LOCK_ON_ATTEMPT, NOON);
      assertThat(unlocked.check(ON_ATTEMPT, false, NOON)).isEqualTo(ends);
      assertThat(unlocked.check(ON_ATTEMPT, true, NOON)).isEqualTo(ends);
    }

    @Test
    @DisplayName("until a success ends with a check made after authentication, and with no other")
    void onSuccess() {
      assertThat(unlocked.check(ON_SUCCESS, false, NOON)).isEqualTo(Decision.unchanged(false));
      assertThat(unlocked.check(ON_SUCCESS, true, NOON))
          .isEqualTo(new Decision(false, LockCause.AUTO_LOCK_ON_SUCCESS, NOON));
    }

    @Test
    @DisplayName("is refused once its minutes are over, though one attempt was not used yet")
    void minutesBeforeAttempt() {
      RelockRule all = new RelockRule(10, true, true);
      assertThat(unlocked.check(all, true, THE_END).locked()).isTrue();
      assertThat(unlocked.check(all, true, ONE_MICROSECOND_BEFORE_THE_END))
          .isEqualTo(
              new Decision(false, LockCause.AUTO_LOCK_ON_ATTEMPT, ONE_MICROSECOND_BEFORE_THE_END));
    }

    @Test
    @DisplayName("is not ended by asking whether it is locked")
    void askingChangesNothing() {
      assertThat(unlocked.isLockedAt(NOON, ON_ATTEMPT)).isFalse();
      assertThat(unlocked.expiry(ON_ATTEMPT)).isEmpty();
    }
  }

  @Test
  @DisplayName("A decision that changes nothing ends no unlock")
  void unchanged() {
    assertThat(Decision.unchanged(true).endsUnlock()).isFalse();
    assertThat(Decision.unchanged(false).endsUnlock()).isFalse();
    assertThat(unlocked.check(ON_ATTEMPT, false, NOON).endsUnlock()).isTrue();
  }

  @Test
  @DisplayName("A relock rule holds where the account allows it, and nowhere else")
  void where() {
    assertThat(TEN_MINUTES.where(true)).isEqualTo(TEN_MINUTES);
    assertThat(new RelockRule(10, true, true).where(false)).isEqualTo(RelockRule.NEVER);
  }
}
