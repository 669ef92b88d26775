package org.drawbridge.approval.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.drawbridge.approval.entity.UnlockRequest.State;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An unlock request")
class UnlockRequestTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant TEN_PAST = NOON.plusSeconds(600);

  private final Attempt attempt = attempt();
  private final UnlockRequest request =
      new UnlockRequest(
          UUID.randomUUID(),
          UUID.randomUUID(),
          UUID.randomUUID(),
          UUID.randomUUID(),
          attempt,
          NOON);

  private static Attempt attempt() {
    return new Attempt(UUID.randomUUID(), NOON, "198.51.100.7", null, null);
  }

  @Test
  @DisplayName("waits for its owner for ten minutes, and not a moment longer")
  void expiry() {
    request.requirePending(TEN_PAST.minusNanos(1));
    assertThat(request.stateAt(TEN_PAST)).isEqualTo(State.EXPIRED);
    assertThatThrownBy(() -> request.requirePending(TEN_PAST))
        .isInstanceOf(UnlockRequestClosed.class)
        .hasMessageContaining("expired");
    assertThatThrownBy(() -> request.deny(TEN_PAST)).isInstanceOf(UnlockRequestClosed.class);
    assertThatThrownBy(() -> request.report(TEN_PAST)).isInstanceOf(UnlockRequestClosed.class);
  }

  @Test
  @DisplayName("counts each blocked login once, and keeps the latest")
  void attempts() {
    request.attempted(attempt);
    assertThat(request.attempts()).isEqualTo(1);
    Attempt second = attempt();
    request.attempted(second);
    assertThat(request.attempts()).isEqualTo(2);
    assertThat(request.latest()).isEqualTo(second);
  }

  @Test
  @DisplayName("is in the way of another until its time is over, unless it was granted")
  void inTheWay() {
    assertThat(request.isInTheWay(NOON)).isTrue();
    request.deny(NOON);
    assertThat(request.isInTheWay(TEN_PAST.minusNanos(1))).isTrue();
    assertThat(request.isInTheWay(TEN_PAST)).isFalse();
    request.grant(NOON);
    assertThat(request.isInTheWay(NOON)).isFalse();
  }

  @Test
  @DisplayName("that an approver rejects is in the way as long as a no of the owner, at most")
  void rejected() {
    request.awaitApprovers(NOON.plus(Duration.ofHours(1)));
    request.reject(TEN_PAST);
    assertThat(request.isInTheWay(TEN_PAST.plusSeconds(600).minusNanos(1))).isTrue();
    assertThat(request.isInTheWay(TEN_PAST.plusSeconds(600))).isFalse();
    request.awaitApprovers(NOON.plus(Duration.ofHours(1)));
    request.reject(NOON.plus(Duration.ofMinutes(55)));
    assertThat(request.isInTheWay(NOON.plus(Duration.ofHours(1)))).isFalse();
  }

  @Test
  @DisplayName("is denied by a wrong number and by none, and asks nobody for one that it has not")
  void number() {
    request.requireNumber(null, NOON);
    request.requireNumber(12, NOON);
    request.match(37, List.of(12, 37, 80));
    request.requireNumber(37, NOON);
    assertThat(request.stateAt(NOON)).isEqualTo(State.PENDING);
    assertThat(request.choices()).containsExactly(12, 37, 80);
    assertThatThrownBy(() -> request.requireNumber(12, NOON)).isInstanceOf(NumberWrong.class);
    assertThat(request.stateAt(NOON)).isEqualTo(State.DENIED);
    assertThatThrownBy(() -> request.requireNumber(null, NOON)).isInstanceOf(NumberWrong.class);
  }

  @Test
  @DisplayName("waits for approvers as long as they are asked, and keeps the owner's wish")
  void approvers() {
    request.approve(new SignedDecision("{}", "{}"), 30, NOON);
    request.awaitApprovers(NOON.plus(Duration.ofHours(1)));
    assertThat(request.stateAt(TEN_PAST)).isEqualTo(State.AWAITING_APPROVERS);
    assertThat(request.lasting()).isEqualTo(Duration.ofMinutes(30));
    assertThatThrownBy(() -> request.requirePending(NOON))
        .isInstanceOf(UnlockRequestClosed.class)
        .hasMessageContaining("awaiting approvers");
    assertThat(request.stateAt(NOON.plus(Duration.ofHours(1)))).isEqualTo(State.EXPIRED);
  }
}
