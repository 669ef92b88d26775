package org.drawbridge.challenge.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The codes of authenticator apps")
class AppCodesTest {

  /** The seed for HMAC-SHA1 of RFC 6238, appendix B. */
  private static final byte[] SEED = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

  private static OptionalLong step(byte[] secret, String code, long seconds) {
    return new AppCodes().step(secret, code, Instant.ofEpochSecond(seconds));
  }

  /** Apps show the last six of the eight digits that the RFC has. */
  @ParameterizedTest(name = "{0} s: {1}")
  @CsvSource({
    "59, 94287082",
    "1111111109, 07081804",
    "1111111111, 14050471",
    "1234567890, 89005924",
    "2000000000, 69279037",
    "20000000000, 65353130"
  })
  @DisplayName("are those of the test vectors in RFC 6238, appendix B")
  void vectors(long seconds, String digits) {
    String code = digits.substring(2);
    long step = seconds / 30;
    assertThat(step(SEED, code, seconds)).hasValue(step);
    assertThat(step(SEED, code, seconds + 30)).as("a slow phone").hasValue(step);
    assertThat(step(SEED, code, seconds - 30)).as("a fast phone").hasValue(step);
    assertThat(step(SEED, digits, seconds)).as("all eight").isEmpty();
  }

  @Test
  @DisplayName("count for the step before and the one after, and no longer")
  void drift() {
    long seconds = 1234567890;
    assertThat(step(SEED, "005924", seconds + 59)).isPresent();
    assertThat(step(SEED, "005924", seconds + 60)).isEmpty();
    assertThat(step(SEED, "005924", seconds - 30)).isPresent();
    assertThat(step(SEED, "005924", seconds - 31)).isEmpty();
  }

  @Test
  @DisplayName("are nothing but six digits of the secret's own")
  void others() {
    byte[] other = "12345678901234567891".getBytes(StandardCharsets.US_ASCII);
    assertThat(step(other, "287082", 59)).isEmpty();
    for (String code : new String[] {"", "28708", "2870822", "28708x", "\u0662\u0668\u0667082"}) {
      assertThat(step(SEED, code, 59)).as(code).isEmpty();
    }
  }

  @Test
  @DisplayName("come from a secret that is written as RFC 4648, section 10, writes it")
  void base32() {
    assertThat(AppCodes.base32("foobar".getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo("MZXW6YTBOI");
    assertThat(AppCodes.base32(SEED)).isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
  }
}
