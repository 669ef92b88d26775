package org.drawbridge.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An id")
class IdsTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  @DisplayName("is a UUID of version 7 and variant 2, with the time in its first 48 bits")
  void version() {
    UUID id = Ids.next(NOON);
    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOON.toEpochMilli());
  }

  @Test
  @DisplayName("of a later millisecond comes after it, as text and as bytes")
  void order() {
    String before = "";
    for (int ms = 0; ms < 1000; ms++) {
      String id = Ids.next(NOON.plusMillis(ms)).toString();
      assertThat(id).isGreaterThan(before);
      before = id;
    }
  }

  @Test
  @DisplayName("is another one each time, within one millisecond too")
  void unique() {
    Set<UUID> ids = new HashSet<>();
    for (int i = 0; i < 100_000; i++) {
      ids.add(Ids.next(NOON));
    }
    assertThat(ids).hasSize(100_000);
  }

  @Test
  @DisplayName("written as letters holds nothing but a to p, and is read back")
  void letters() {
    for (int i = 0; i < 1000; i++) {
      UUID id = Ids.next(NOON);
      assertThat(Ids.letters(id)).matches("[a-p]{32}");
      assertThat(Ids.ofLetters(Ids.letters(id))).isEqualTo(id);
    }
    assertThat(Ids.letters(new UUID(0x0123456789abcdefL, -1L)))
        .isEqualTo("abcdefghijklmnop" + "p".repeat(16));
  }

  @ParameterizedTest
  @DisplayName("is not read from anything else")
  @ValueSource(
      strings = {
        "",
        "abcdefghijklmnop",
        "abcdefghijklmnopabcdefghijklmnoq",
        "Abcdefghijklmnopabcdefghijklmnop",
        "0bcdefghijklmnopabcdefghijklmnop",
        "abcdefghijklmnopabcdefghijklmnopa",
        "0195f2c0-0000-7000-8000-000000000000"
      })
  void otherText(String text) {
    assertThat(Ids.ofLetters(text)).isNull();
  }
}
