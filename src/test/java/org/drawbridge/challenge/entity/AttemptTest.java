package org.drawbridge.challenge.entity;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.UUID;
import org.drawbridge.challenge.entity.Attempt.Circumstances;
import org.drawbridge.kernel.OwnedId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An attempt that the company has reopened")
class AttemptTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant LATER = NOON.plus(Attempt.TOLD_AGAIN).plusSeconds(1);

  private final Attempt attempt =
      new Attempt(
          new OwnedId(UUID.randomUUID(), UUID.randomUUID()),
          UUID.randomUUID(),
          "auth0-login",
          "key",
          UUID.randomUUID(),
          new Circumstances(null, null, null, null, JsonValue.EMPTY_JSON_OBJECT),
          NOON);

  @BeforeEach
  void challenged() {
    attempt.become(AttemptState.CHALLENGE_REQUIRED, NOON);
  }

  @Test
  @DisplayName("can be answered and redeemed again")
  void redeemedAgain() {
    attempt.succeed(VerificationMethod.SMS, null, NOON);
    assertThat(attempt.redeem(NOON)).isTrue();
    assertThat(attempt.redeem(LATER)).isFalse();
    attempt.become(AttemptState.CHALLENGE_REQUIRED, LATER);
    assertThat(attempt.verificationMethod()).isNull();
    attempt.succeed(VerificationMethod.SMS, null, LATER);
    assertThat(attempt.redeem(LATER)).isTrue();
  }

  @Test
  @DisplayName("has all its tries again")
  void triesAgain() {
    for (int i = 0; i < Attempt.TRIES; i++) {
      attempt.failed(NOON);
    }
    assertThat(attempt.state()).isEqualTo(AttemptState.CHALLENGE_FAILED);
    attempt.become(AttemptState.CHALLENGE_REQUIRED, LATER);
    assertThat(attempt.failed(LATER)).isEqualTo(Attempt.TRIES - 1);
    assertThat(attempt.isOpen(false)).isTrue();
  }

  @Test
  @DisplayName("before anybody answered keeps the count of wrong codes")
  void countKept() {
    attempt.failed(NOON);
    attempt.become(AttemptState.CHALLENGE_REQUIRED, LATER);
    assertThat(attempt.failed(LATER)).isEqualTo(Attempt.TRIES - 2);
  }
}
