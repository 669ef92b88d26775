package org.drawbridge.policy.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.account.entity.PolicyAction.ALLOW_UNLOCK;
import static org.drawbridge.account.entity.PolicyAction.LOCK;
import static org.drawbridge.account.entity.PolicyAction.UNLOCK;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.drawbridge.account.entity.LockState;
import org.drawbridge.account.entity.PolicyAction;
import org.drawbridge.account.entity.RelockRule;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What a policy does to an account")
class HoldChangeTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final RelockRule TEN_MINUTES = new RelockRule(10, false, false);

  @ParameterizedTest(name = "{0} over {1} is {2}")
  @DisplayName("is to make the strongest hold count (deny-overrides)")
  @CsvSource(
      nullValues = "-",
      value = {
        "LOCK,-,LOCK",
        "LOCK,ALLOW_UNLOCK,LOCK",
        "LOCK,LOCK,LOCK",
        "ALLOW_UNLOCK,-,ALLOW_UNLOCK",
        "ALLOW_UNLOCK,LOCK,LOCK",
        "ALLOW_UNLOCK,ALLOW_UNLOCK,ALLOW_UNLOCK",
        "UNLOCK,-,-",
        "UNLOCK,LOCK,LOCK",
        "UNLOCK,ALLOW_UNLOCK,ALLOW_UNLOCK",
        "-,LOCK,LOCK",
        "-,-,-"
      })
  void strongest(
      @Nullable PolicyAction action, @Nullable PolicyAction other, @Nullable PolicyAction effect) {
    HoldChange change = HoldChange.of(account(false, other, null, other), action, NOON);
    assertThat(change.effect()).isEqualTo(effect);
    assertThat(change.hold()).isEqualTo(action == UNLOCK ? null : action);
    assertThat(change.locked()).isEqualTo(effect != null);
  }

  @Test
  @DisplayName("is told when it locks, and not when it holds already")
  void told() {
    assertThat(HoldChange.of(account(false, null, null), LOCK, NOON).told()).isTrue();
    HoldChange again = HoldChange.of(account(false, LOCK, LOCK), LOCK, NOON);
    assertThat(again.told()).isFalse();
    assertThat(again.isOne()).isFalse();
  }

  @Test
  @DisplayName("is told where an override is taken away, though the account was locked before")
  void stricter() {
    HoldChange change = HoldChange.of(account(false, ALLOW_UNLOCK, null, ALLOW_UNLOCK), LOCK, NOON);
    assertThat(change.told()).isTrue();
    assertThat(change.locked()).isTrue();
  }

  @Test
  @DisplayName("is to leave the account's own state as it is while it holds, and to show it after")
  void released() {
    HoldChange open = HoldChange.of(account(false, LOCK, LOCK), null, NOON);
    assertThat(open.locked()).isFalse();
    assertThat(open.told()).isTrue();
    HoldChange closed = HoldChange.of(account(true, LOCK, LOCK), null, NOON);
    assertThat(closed.locked()).isTrue();
    assertThat(closed.told()).isFalse();
    assertThat(closed.isOne()).isTrue();
  }

  @Test
  @DisplayName("shows, after it lets go, that the owner's minutes were over meanwhile")
  void minutesOver() {
    HeldAccount account =
        new HeldAccount(
            UUID.randomUUID(),
            UUID.randomUUID(),
            new LockState(false, NOON.minusSeconds(601), null, true),
            TEN_MINUTES,
            LOCK,
            LOCK,
            List.of());
    assertThat(HoldChange.of(account, null, NOON).locked()).isTrue();
  }

  @Test
  @DisplayName("UNLOCK unlocks the account's own state, also under another's hold")
  void unlocksBelow() {
    HoldChange free = HoldChange.of(account(true, null, null), UNLOCK, NOON);
    assertThat(free.unlocks()).isTrue();
    assertThat(free.locked()).isFalse();
    assertThat(free.told()).isTrue();
    HoldChange held = HoldChange.of(account(true, LOCK, null, LOCK), UNLOCK, NOON);
    assertThat(held.unlocks()).isTrue();
    assertThat(held.locked()).isTrue();
    assertThat(held.told()).isFalse();
  }

  @Test
  @DisplayName("UNLOCK of what is unlocked without an end changes nothing; an end starts anew")
  void unlocksAgain() {
    assertThat(HoldChange.of(account(false, null, null), UNLOCK, NOON).isOne()).isFalse();
    HeldAccount ending =
        new HeldAccount(
            UUID.randomUUID(),
            UUID.randomUUID(),
            new LockState(false, NOON.minusSeconds(60), null),
            TEN_MINUTES,
            null,
            null,
            List.of());
    HoldChange change = HoldChange.of(ending, UNLOCK, NOON);
    assertThat(change.unlocks()).isTrue();
    assertThat(change.told()).isTrue();
  }

  private static HeldAccount account(
      boolean locked,
      @Nullable PolicyAction effect,
      @Nullable PolicyAction hold,
      @Nullable PolicyAction... others) {
    return new HeldAccount(
        UUID.randomUUID(),
        UUID.randomUUID(),
        new LockState(locked, NOON.minusSeconds(3600), null, effect != null),
        RelockRule.NEVER,
        effect,
        hold,
        Arrays.stream(others).filter(o -> o != null).toList());
  }
}
