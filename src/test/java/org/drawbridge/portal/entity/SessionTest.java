package org.drawbridge.portal.entity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.drawbridge.kernel.OwnedSecret;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A session")
class SessionTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final OwnedSecret secret =
      new OwnedSecret(UUID.randomUUID(), UUID.randomUUID(), new byte[32]);
  private final Session session = new Session(secret, UUID.randomUUID(), "Firefox", NOON);

  @Test
  @DisplayName("ends after half an hour without use")
  void idle() {
    assertThat(session.isOpen(NOON.plusSeconds(1799))).isTrue();
    assertThat(session.isOpen(NOON.plusSeconds(1800))).isFalse();
    session.used(NOON.plusSeconds(1700));
    assertThat(session.isOpen(NOON.plusSeconds(3499))).isTrue();
    assertThat(session.isOpen(NOON.plusSeconds(3500))).isFalse();
  }

  @Test
  @DisplayName("ends after twelve hours, however it is used")
  void absolute() {
    Instant end = NOON.plus(Duration.ofHours(12));
    for (Instant use = NOON; use.isBefore(end); use = use.plusSeconds(600)) {
      assertThat(session.isOpen(use)).isTrue();
      session.used(use);
    }
    assertThat(session.isOpen(end.minusSeconds(1))).isTrue();
    assertThat(session.isOpen(end)).isFalse();
    assertThat(session.expiry()).isEqualTo(end);
  }

  @Test
  @DisplayName("is opened by its secret alone, and by none once it was ended")
  void secret() {
    assertThat(session.isOpenedBy(secret.hash(), NOON)).isTrue();
    assertThat(session.isOpenedBy(new byte[32], NOON)).isFalse();
    session.end(NOON);
    assertThat(session.isOpenedBy(secret.hash(), NOON)).isFalse();
  }

  @Test
  @DisplayName("notes its use once a minute")
  void precision() {
    assertThat(session.used(NOON.plusSeconds(60))).isFalse();
    assertThat(session.lastUsedAt()).isEqualTo(NOON);
    assertThat(session.used(NOON.plusSeconds(61))).isTrue();
    assertThat(session.lastUsedAt()).isEqualTo(NOON.plusSeconds(61));
  }
}
