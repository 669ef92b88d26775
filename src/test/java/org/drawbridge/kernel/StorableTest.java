package org.drawbridge.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A text that a database can keep")
class StorableTest {

  private static final String PAIR = "\ud83d\ude00";
  private static final String HIGH = "\ud83d";
  private static final String LOW = "\ude00";

  @Test
  @DisplayName("has no NUL and no half surrogate pair")
  void storable() {
    assertThat(Storable.isStorable("")).isTrue();
    assertThat(Storable.isStorable("añ" + PAIR + "\n\u0001\uffff")).isTrue();
    assertThat(Storable.isStorable("a\u0000")).isFalse();
    assertThat(Storable.isStorable(HIGH)).isFalse();
    assertThat(Storable.isStorable(LOW)).isFalse();
    assertThat(Storable.isStorable(LOW + HIGH)).isFalse();
    assertThat(Storable.isStorable(HIGH + PAIR)).isFalse();
    assertThat(Storable.isStorable(PAIR + LOW)).isFalse();
    assertThat(Storable.isStorable(PAIR + PAIR)).isTrue();
  }

  @Test
  @DisplayName("is made by replacing what cannot be kept")
  void fitted() {
    assertThat(Storable.fitted("a\u0000" + HIGH + "b" + LOW + PAIR, 100))
        .isEqualTo("a\ufffd\ufffdb\ufffd" + PAIR);
    assertThat(Storable.fitted(HIGH + PAIR, 100)).isEqualTo("\ufffd" + PAIR);
  }

  @ParameterizedTest
  @DisplayName("is cut to the length, and never in the middle of a pair")
  @CsvSource({"1,a", "2,a", "3,a😀", "4,a😀b", "5,a😀b"})
  void cut(int max, String kept) {
    assertThat(Storable.fitted("a" + PAIR + "b", max)).isEqualTo(kept);
  }
}
