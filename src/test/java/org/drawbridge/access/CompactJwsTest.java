package org.drawbridge.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A compact JWS")
class CompactJwsTest {

  private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(UTF_8);
  private static final String HEADER = "{\"typ\":\"JWT\",\"alg\":\"HS256\"}";
  private static final String CLAIMS = "{\"sub\":\"ana\",\"exp\":1763767676.123456}";

  @Test
  @DisplayName("that is well formed is read, and its signature verified")
  void wellFormed() throws Exception {
    CompactJws token = CompactJws.parse(signed(HEADER, CLAIMS)).orElseThrow();
    assertThat(token.claims().getString("sub")).isEqualTo("ana");
    assertThat(new VerificationKey(UUID.randomUUID(), KEY).verifies(token)).isTrue();
  }

  @Test
  @DisplayName("signed with another key is not verified")
  void otherKey() throws Exception {
    byte[] other = KEY.clone();
    other[0]++;
    CompactJws token = CompactJws.parse(signed(HEADER, CLAIMS)).orElseThrow();
    assertThat(new VerificationKey(UUID.randomUUID(), other).verifies(token)).isFalse();
  }

  @ParameterizedTest
  @DisplayName("is refused with any header but plain HS256")
  @ValueSource(
      strings = {
        "{\"alg\":\"none\"}",
        "{\"alg\":\"hs256\"}",
        "{\"alg\":\"HS384\"}",
        "{\"alg\":\"RS256\"}",
        "{\"alg\":\"HS256\",\"crit\":[\"exp\"]}",
        "{\"alg\":\"HS256\",\"cty\":\"JWT\"}",
        "{\"alg\":\"HS256\",\"b64\":false}",
        "{\"alg\":\"HS256\",\"alg\":\"HS256\"}",
        "{\"alg\":[\"HS256\"]}",
        "{\"typ\":\"JWT\"}",
        "[]",
        "null",
        "\"HS256\"",
        "{\"alg\":\"HS256\"} ",
        "{\"alg\":\"HS256\"}{}",
        ""
      })
  void otherHeaders(String header) throws Exception {
    if (header.equals("{\"alg\":\"HS256\"} ")) {
      // White space around JSON is allowed (RFC 8259 section 2).
      assertThat(CompactJws.parse(signed(header, CLAIMS))).isPresent();
      return;
    }
    assertThat(CompactJws.parse(signed(header, CLAIMS))).isEmpty();
  }

  @ParameterizedTest
  @DisplayName("is refused with claims that are no JSON object, or name a member twice")
  @ValueSource(
      strings = {
        "{\"sub\":\"ana\",\"sub\":\"ben\"}",
        "{\"a\":{\"b\":1,\"b\":2}}",
        "[1]",
        "7",
        "",
        "{\"sub\":\"ana\"",
        "{\"sub\":\"ana\"}x",
        "{'sub':'ana'}"
      })
  void otherClaims(String claims) throws Exception {
    assertThat(CompactJws.parse(signed(HEADER, claims))).isEmpty();
  }

  @Test
  @DisplayName("is refused where its base64url is not canonical")
  void notCanonical() throws Exception {
    String token = signed(HEADER, CLAIMS);
    String[] parts = token.split("\\.");
    assertThat(CompactJws.parse(token + "=")).isEmpty();
    assertThat(CompactJws.parse(" " + token)).isEmpty();
    assertThat(CompactJws.parse(token + "\n")).isEmpty();
    assertThat(CompactJws.parse(parts[0] + "=." + parts[1] + "." + parts[2])).isEmpty();
    assertThat(CompactJws.parse(parts[0] + "." + parts[1] + "+." + parts[2])).isEmpty();
    assertThat(CompactJws.parse(parts[0] + "." + parts[1])).isEmpty();
    assertThat(CompactJws.parse(token + ".")).isEmpty();
    assertThat(CompactJws.parse("." + parts[1] + "." + parts[2])).isEmpty();
    assertThat(CompactJws.parse(parts[0] + ".." + parts[2])).isEmpty();
    assertThat(CompactJws.parse(parts[0] + "." + parts[1] + ".")).isEmpty();
  }

  @Test
  @DisplayName("is refused where the last character carries stray bits")
  void strayBits() throws Exception {
    String token = signed(HEADER, CLAIMS);
    char last = token.charAt(token.length() - 1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    // 32 bytes leave two bits unused in the 43rd character.
    char stray = alphabet.charAt(alphabet.indexOf(last) ^ 1);
    assertThat(CompactJws.parse(token.substring(0, token.length() - 1) + stray)).isEmpty();
  }

  @Test
  @DisplayName("is refused where header or payload is over 8 KiB")
  void tooLarge() throws Exception {
    String filler = "x".repeat(CompactJws.MAX_PART);
    assertThat(CompactJws.parse(signed(HEADER, "{\"a\":\"" + filler + "\"}"))).isEmpty();
    assertThat(CompactJws.parse(signed("{\"alg\":\"HS256\",\"x\":\"" + filler + "\"}", CLAIMS)))
        .isEmpty();
  }

  @ParameterizedTest
  @DisplayName("with a number that is more than any parser takes is refused")
  @ValueSource(
      strings = {
        "1e9999999999",
        "-1e-9999999999",
        "1e99999999999999999999",
        "1e-99999999999999999999"
      })
  void absurdNumbers(String number) throws Exception {
    assertThat(CompactJws.parse(signed(HEADER, "{\"exp\":" + number + "}"))).isEmpty();
    assertThat(CompactJws.parse(signed("{\"alg\":\"HS256\",\"x\":" + number + "}", CLAIMS)))
        .isEmpty();
  }

  @Test
  @DisplayName("with a number of thousands of digits is refused")
  void manyDigits() throws Exception {
    String digits = "1".repeat(5000);
    assertThat(CompactJws.parse(signed(HEADER, "{\"exp\":" + digits + "}"))).isEmpty();
    assertThat(CompactJws.parse(signed(HEADER, "{\"exp\":0." + digits + "}"))).isEmpty();
  }

  static String signed(String header, String claims) throws Exception {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    String input =
        base64.encodeToString(header.getBytes(UTF_8))
            + "."
            + base64.encodeToString(claims.getBytes(UTF_8));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
    return input + "." + base64.encodeToString(mac.doFinal(input.getBytes(UTF_8)));
  }
}
