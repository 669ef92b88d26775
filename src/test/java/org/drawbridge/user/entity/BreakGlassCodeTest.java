package org.drawbridge.user.entity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A break-glass code")
class BreakGlassCodeTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final BreakGlassCode code =
      new BreakGlassCode(
          UUID.randomUUID(),
          UUID.randomUUID(),
          new byte[32],
          60,
          "platform-administrator",
          NOON,
          NOON.plusSeconds(100));

  @Test
  @DisplayName("counts until it expires")
  void expiry() {
    assertThat(code.counts(NOON.plusSeconds(99))).isTrue();
    assertThat(code.counts(NOON.plusSeconds(100))).isFalse();
  }

  @Test
  @DisplayName("counts once")
  void used() {
    code.use(UUID.randomUUID(), NOON);
    assertThat(code.counts(NOON)).isFalse();
    code.revoke(NOON);
    assertThat(code.revokedAt()).as("what was used is not revoked").isNull();
  }

  @Test
  @DisplayName("does not count once it is revoked")
  void revoked() {
    code.revoke(NOON);
    assertThat(code.counts(NOON)).isFalse();
  }
}
