package org.drawbridge.account.entity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An account")
class AccountTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant LATER = NOON.plusSeconds(120);
  private static final RelockRule TEN_MINUTES = new RelockRule(10, false, false);

  private final Account account = account(false);

  private static Account account(boolean locked) {
    return new Account(
        UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), "ana@example.com", locked, NOON);
  }

  @Test
  @DisplayName("starts enabled, with automatic locking allowed, in the state it is given")
  void starts() {
    assertThat(account.isEnabled()).isTrue();
    assertThat(account.isAutoRelockAllowed()).isTrue();
    assertThat(account.isLockedAt(NOON, RelockRule.NEVER)).isFalse();
    assertThat(account(true).isLockedAt(NOON, RelockRule.NEVER)).isTrue();
  }

  @Test
  @DisplayName("that starts unlocked counts as unlocked when it was added")
  void startsUnlocked() {
    assertThat(account.lockState().expiry(TEN_MINUTES)).contains(NOON.plusSeconds(600));
  }

  @Test
  @DisplayName("tells its first state as the first change of its history")
  void initialChange() {
    LockChange initial = LockChange.initial(account(true), "administrator:x");
    assertThat(initial.isLocked()).isTrue();
    assertThat(initial.cause()).isEqualTo(LockCause.INITIAL);
    assertThat(initial.changedAt()).isEqualTo(NOON);
  }

  @Test
  @DisplayName("is locked until somebody unlocks it, and tells by whom and why")
  void lock() {
    LockChange change = account.lock(LockCause.ADMINISTRATOR, "administrator:x", "lost", LATER);
    assertThat(account.isLockedAt(LATER.plus(Duration.ofDays(999)), TEN_MINUTES)).isTrue();
    assertThat(change.isLocked()).isTrue();
    assertThat(change.accountId()).isEqualTo(account.id());
    assertThat(change.companyId()).isEqualTo(account.companyId());
    assertThat(change)
        .hasToString("2026-03-01T12:02:00Z LOCKED ADMINISTRATOR by administrator:x: lost");
  }

  @Test
  @DisplayName("that is locked already tells the second lock too")
  void lockTwice() {
    LockChange first = account.lock(LockCause.ADMINISTRATOR, "a", null, NOON);
    LockChange second = account.lock(LockCause.ADMINISTRATOR, "b", null, LATER);
    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(second).hasToString("2026-03-01T12:02:00Z LOCKED ADMINISTRATOR by b");
  }

  @Test
  @DisplayName("unlocked without a time follows what its owner prefers, from the unlock on")
  void unlock() {
    account.lock(LockCause.ADMINISTRATOR, "a", null, NOON);
    LockChange change = account.unlock(LockCause.ADMINISTRATOR, null, "a", null, LATER);
    assertThat(change).hasToString("2026-03-01T12:02:00Z UNLOCKED ADMINISTRATOR by a");
    assertThat(account.isLockedAt(LATER.plusSeconds(599), TEN_MINUTES)).isFalse();
    assertThat(account.isLockedAt(LATER.plusSeconds(600), TEN_MINUTES)).isTrue();
  }

  @Test
  @DisplayName("unlocked for a time is locked at its end, whatever its owner prefers")
  void unlockForTime() {
    account.unlock(LockCause.ADMINISTRATOR, Duration.ofMinutes(3), "a", null, LATER);
    assertThat(account.isLockedAt(LATER.plusSeconds(179), RelockRule.NEVER)).isFalse();
    assertThat(account.isLockedAt(LATER.plusSeconds(180), RelockRule.NEVER)).isTrue();
    account.allowAutoRelock(false);
    assertThat(account.isLockedAt(LATER.plusSeconds(180), TEN_MINUTES)).isTrue();
  }

  @Test
  @DisplayName("unlocked again gets the new end")
  void unlockAgain() {
    account.unlock(LockCause.ADMINISTRATOR, Duration.ofMinutes(3), "a", null, NOON);
    account.unlock(LockCause.ADMINISTRATOR, Duration.ofMinutes(3), "a", null, LATER);
    assertThat(account.lockState().expiry(TEN_MINUTES)).contains(LATER.plusSeconds(180));
    account.unlock(LockCause.ADMINISTRATOR, null, "a", null, LATER);
    assertThat(account.lockState().expiry(RelockRule.NEVER)).isEmpty();
  }

  @Test
  @DisplayName("whose unlock is over is settled: locked when it ended, by itself")
  void settle() {
    LockChange change = account.settle(TEN_MINUTES, NOON.plusSeconds(4000)).orElseThrow();
    assertThat(change.changedAt()).isEqualTo(NOON.plusSeconds(600));
    assertThat(change.cause()).isEqualTo(LockCause.AUTO_LOCK_MINUTES);
    assertThat(change.actor()).isEqualTo(LockChange.BY_ITSELF);
    assertThat(account.lockState().locked()).isTrue();
  }

  @Test
  @DisplayName("is settled exactly when its minutes are over, and only once")
  void settleOnce() {
    assertThat(account.settle(TEN_MINUTES, NOON.plusSeconds(600).minusNanos(1000))).isEmpty();
    assertThat(account.settle(TEN_MINUTES, NOON.plusSeconds(600))).isPresent();
    assertThat(account.settle(TEN_MINUTES, NOON.plusSeconds(601))).isEmpty();
  }

  @Test
  @DisplayName("is not settled by rules about checks: only a check ends such an unlock")
  void settleIgnoresCheckRules() {
    assertThat(account.settle(new RelockRule(0, true, true), NOON.plusSeconds(9999))).isEmpty();
  }

  @Test
  @DisplayName("that allows no automatic locking stays unlocked, whatever its owner prefers")
  void noAutoRelock() {
    account.allowAutoRelock(false);
    assertThat(account.isLockedAt(NOON.plusSeconds(6000), TEN_MINUTES)).isFalse();
    assertThat(account.settle(TEN_MINUTES, NOON.plusSeconds(6000))).isEmpty();
    assertThat(account.effective(TEN_MINUTES)).isEqualTo(RelockRule.NEVER);
  }

  @Test
  @DisplayName("makes the user tokens handed out so far worthless by counting on")
  void userTokens() {
    int before = account.userTokenGeneration();
    account.revokeUserTokens();
    assertThat(account.userTokenGeneration()).isGreaterThan(before);
  }

  @Test
  @DisplayName("whose password changes is locked where its unlock would have ended by itself")
  void endsUnlock() {
    assertThat(ended(account, TEN_MINUTES)).isTrue();
    assertThat(account.isLockedAt(LATER, RelockRule.NEVER)).isTrue();
    assertThat(ended(account(false), new RelockRule(0, true, false))).isTrue();
    assertThat(ended(account(false), new RelockRule(0, false, true))).isTrue();
    Account forAnHour = account(true);
    forAnHour.unlock(LockCause.OWNER, Duration.ofHours(1), "user:x", null, NOON);
    assertThat(ended(forAnHour, RelockRule.NEVER)).isTrue();
  }

  @Test
  @DisplayName("whose password changes stays as it is where it stands open, or is locked already")
  void keepsUnlock() {
    assertThat(ended(account, RelockRule.NEVER)).isFalse();
    assertThat(ended(account(true), TEN_MINUTES)).isFalse();
    account.allowAutoRelock(false);
    assertThat(ended(account, TEN_MINUTES)).isFalse();
  }

  private static boolean ended(Account account, RelockRule rule) {
    return account.endUnlock(rule, LockCause.PASSWORD_CHANGED, "application:x", LATER).isPresent();
  }
}
