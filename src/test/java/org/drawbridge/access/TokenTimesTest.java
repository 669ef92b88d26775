package org.drawbridge.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.testing.TestJson.JSON;

import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The times of a token")
class TokenTimesTest {

  private static final Instant NOW = Instant.ofEpochSecond(1_000_000_000);
  private static final Duration LEEWAY = Duration.ofSeconds(60);
  private static final Duration HOUR = Duration.ofHours(1);

  private static boolean areValid(String claims) {
    return areValid(claims, NOW);
  }

  private static boolean areValid(String claims, Instant now) {
    try (var reader = JSON.createReader(new StringReader("{" + claims.replace('\'', '"') + "}"))) {
      return TokenTimes.areValid(reader.readObject(), now, LEEWAY, HOUR);
    }
  }

  @ParameterizedTest
  @DisplayName("allow an expiry that is over for less than the leeway")
  @CsvSource({
    "1000000060, true",
    "1000000000, true",
    "999999941, true",
    "999999940.000001, true",
    "999999940, false",
    "999999939.9, false",
    "0, false",
    "-1, false",
  })
  void over(String expiry, boolean valid) {
    assertThat(areValid("'exp':" + expiry)).isEqualTo(valid);
  }

  @ParameterizedTest
  @DisplayName("allow an expiry as far ahead as the lifetime and the leeway")
  @CsvSource({
    "1000003600, true",
    "1000003660, true",
    "1000003660.0, true",
    "1000003660.000001, false",
    "1000003661, false",
    "253402300800, false",
  })
  void ahead(String expiry, boolean valid) {
    assertThat(areValid("'exp':" + expiry)).isEqualTo(valid);
  }

  @ParameterizedTest
  @DisplayName("allow a begin, and an issue, that the leeway is ahead")
  @CsvSource({
    "1000000060, true",
    "1000000060.0, true",
    "1000000060.5, false",
    "1000000061, false",
    "0, true",
    "1e9, true",
  })
  void begun(String from, boolean valid) {
    assertThat(areValid("'exp':1000000060,'nbf':" + from)).isEqualTo(valid);
    assertThat(areValid("'exp':1000000060,'iat':" + from)).isEqualTo(valid);
  }

  @Test
  @DisplayName("are compared to the microsecond")
  void fractions() {
    Instant now = NOW.plusNanos(500_000_000);
    assertThat(areValid("'exp':999999940.500001", now)).isTrue();
    assertThat(areValid("'exp':999999940.5", now)).isFalse();
    assertThat(areValid("'exp':1000000060.25", now)).isTrue();
  }

  @ParameterizedTest
  @DisplayName("need an expiry that is a number")
  @ValueSource(
      strings = {
        "",
        "'nbf':1",
        "'exp':null",
        "'exp':'1000000060'",
        "'exp':true",
        "'exp':[]",
        "'exp':{}"
      })
  void noExpiry(String claims) {
    assertThat(areValid(claims)).isFalse();
  }

  @ParameterizedTest
  @DisplayName("are refused where a begin or an issue is no number")
  @ValueSource(strings = {"null", "'1'", "false", "[1]", "{}"})
  void noNumber(String value) {
    assertThat(areValid("'exp':1000000060,'nbf':" + value)).isFalse();
    assertThat(areValid("'exp':1000000060,'iat':" + value)).isFalse();
  }

  @ParameterizedTest
  @DisplayName("are refused, at once, where a number is absurd")
  @ValueSource(
      strings = {
        "1e999999999",
        "-1e999999999",
        "1e-999999999",
        "1e2147483647",
        "1e21",
        "1000000060.000000000000000000000000000000001",
        "10000000600000000000000000000000000000000000000000000"
      })
  void absurd(String number) {
    assertThat(areValid("'exp':" + number)).isFalse();
    assertThat(areValid("'exp':1000000060,'nbf':" + number)).isFalse();
    assertThat(areValid("'exp':1000000060,'iat':" + number)).isFalse();
  }
}
