package org.drawbridge.notification.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.drawbridge.kernel.Language;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A message in the outbox")
class OutboxMessageTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final OutboxMessage message = to("ana@example.com");

  private static OutboxMessage to(String recipient) {
    return new OutboxMessage(
        new UUID(0, 1),
        new UUID(0, 2),
        Channel.MAIL,
        "enrolment",
        recipient,
        Language.EN,
        new byte[9],
        NOON);
  }

  @Test
  @DisplayName("is due at once, and while it is being tried not before its lease is over")
  void lease() {
    assertThat(message.nextTryAt()).isEqualTo(NOON);
    message.lease(NOON);
    assertThat(message.nextTryAt()).isEqualTo(NOON.plus(OutboxMessage.LEASE));
    assertThat(message.tries()).isEqualTo(1);
    assertThat(message.status()).isEqualTo(OutboxMessage.Status.WAITING);
  }

  @Test
  @DisplayName("that is sent is never due again, and its text is gone")
  void sent() {
    message.lease(NOON);
    message.sent(NOON.plusSeconds(1));
    assertThat(message.nextTryAt()).isNull();
    assertThat(message.sealed()).isNull();
    assertThat(message.sentAt()).isEqualTo(NOON.plusSeconds(1));
    assertThat(message.status()).isEqualTo(OutboxMessage.Status.SENT);
  }

  @Test
  @DisplayName("that stays here counts as sent, and keeps its text for a while")
  void stays() {
    message.stays(NOON);
    assertThat(message.nextTryAt()).isNull();
    assertThat(message.sealed()).isNotNull();
    assertThat(message.status()).isEqualTo(OutboxMessage.Status.SENT);
  }

  @Test
  @DisplayName("rests twice as long after each try that failed, an hour at most, for a day at most")
  void failed() {
    List<Long> rests = new ArrayList<>();
    Instant now = NOON;
    while (message.status() == OutboxMessage.Status.WAITING) {
      message.lease(now);
      message.failed("no route", now);
      Instant next = message.nextTryAt();
      if (next != null) {
        rests.add(Duration.between(now, next).toSeconds());
        now = next;
      }
    }
    for (int i = 0; i < rests.size(); i++) {
      long shortest = Math.min(3600, 1L << Math.min(i, 20));
      assertThat(rests.get(i)).isBetween(shortest, shortest + shortest / 5);
    }
    assertThat(rests).hasSizeGreaterThan(25);
    assertThat(now).isAfter(NOON.plus(Duration.ofMinutes(22 * 60 + 40)));
    assertThat(now).isBefore(NOON.plus(Duration.ofHours(24)));
    assertThat(message.status()).isEqualTo(OutboxMessage.Status.FAILED);
    assertThat(message.sealed()).as("for a week").isNotNull();
    assertThat(message.lastError()).isEqualTo("no route");
  }

  @Test
  @DisplayName("that was given up can be tried for another day, and no other message can")
  void tryAgain() {
    assertThatThrownBy(() -> message.tryAgain(NOON)).isInstanceOf(MessageNotFailed.class);
    message.lease(NOON);
    message.giveUp("no such address", NOON);
    assertThat(message.nextTryAt()).isNull();
    Instant later = NOON.plus(Duration.ofDays(3));
    message.tryAgain(later);
    assertThat(message.nextTryAt()).isEqualTo(later);
    message.lease(later);
    message.failed("no route", later);
    assertThat(message.status()).isEqualTo(OutboxMessage.Status.WAITING);
    message.failed("no route", later.plus(Duration.ofHours(24)));
    assertThat(message.status()).isEqualTo(OutboxMessage.Status.FAILED);
    message.sent(later);
    assertThatThrownBy(() -> message.tryAgain(later)).isInstanceOf(MessageNotFailed.class);
  }

  @Test
  @DisplayName(
      "that another stands by for is given up after half a minute, and then that one is due")
  void substitute() {
    OutboxMessage substitute = to("+491234567");
    message.substitutedBy(substitute);
    assertThat(message.substituteId()).isEqualTo(substitute.id());
    assertThat(substitute.status()).isEqualTo(OutboxMessage.Status.STANDBY);
    assertThat(substitute.nextTryAt()).isNull();
    Instant now = NOON;
    for (Instant due = NOON; due != null; due = message.nextTryAt()) {
      now = due;
      message.lease(now);
      message.failed("no route", now);
    }
    assertThat(now).isBetween(NOON.plusSeconds(10), NOON.plusSeconds(30));
    substitute.standIn(now);
    assertThat(substitute.nextTryAt()).isEqualTo(now);
    assertThat(substitute.status()).isEqualTo(OutboxMessage.Status.WAITING);
    Instant later = NOON.plus(Duration.ofDays(1));
    message.tryAgain(later);
    message.lease(later);
    message.failed("no route", later.plusSeconds(60));
    assertThat(message.status()).as("alone now").isEqualTo(OutboxMessage.Status.WAITING);
  }

  @Test
  @DisplayName("whose try had no time to begin was not tried")
  void release() {
    message.lease(NOON);
    message.release(NOON.plusSeconds(50));
    assertThat(message.tries()).isZero();
    assertThat(message.nextTryAt()).isEqualTo(NOON.plusSeconds(50));
  }

  @Test
  @DisplayName("keeps as much of a long reason as fits")
  void longReason() {
    message.lease(NOON);
    message.failed("x".repeat(1000) + '\0', NOON);
    assertThat(message.lastError()).hasSize(300);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "ana@example.com\r\nBcc: ben@example.com", "ana@example.com\n"})
  @DisplayName("is for somebody, named on one line")
  void recipient(String recipient) {
    assertThatThrownBy(() -> to(recipient)).isInstanceOf(IllegalArgumentException.class);
  }
}
