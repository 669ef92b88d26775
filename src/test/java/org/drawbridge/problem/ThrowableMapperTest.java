package org.drawbridge.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A failure of the database")
class ThrowableMapperTest {

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"08006", "53300", "57P01"})
  @DisplayName("of which the client can try again later is 503")
  void unavailable(String state) {
    assertThat(refusal(state)).isInstanceOf(StorageUnavailable.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"40001", "40P01", "23503", "23505", "55P03"})
  @DisplayName("that comes of others who write at the same time is 409")
  void conflicting(String state) {
    assertThat(refusal(state)).isInstanceOf(ConflictingChange.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"22001", "22003", "22021"})
  @DisplayName("over a value that cannot be stored is 422")
  void impossible(String state) {
    assertThat(refusal(state)).isInstanceOf(Impossible.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"42601", "42P01", "23502", "XX000"})
  @DisplayName("that is a defect of ours is no refusal")
  void defect(String state) {
    assertThat(refusal(state)).isNull();
  }

  private static @Nullable Refusal refusal(String state) {
    return ThrowableMapper.refusal(new SQLException("of a test", state));
  }
}
