package org.drawbridge.kernel;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonValue;
import java.util.List;
import org.drawbridge.problem.Malformed;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A JSON body")
class JsonBodyTest {

  private static JsonValue parse(String text) {
    return JsonBody.parse(text.getBytes(UTF_8));
  }

  @ParameterizedTest
  @DisplayName("that is empty is an empty object")
  @ValueSource(strings = {"", " ", "\r\n\t"})
  void empty(String text) {
    assertThat(parse(text)).isEqualTo(JsonValue.EMPTY_JSON_OBJECT);
  }

  @ParameterizedTest
  @DisplayName("may be any JSON value")
  @ValueSource(
      strings = {"{\"a\":[1,{}]}", "[]", "null", "true", "0", "\"ä\"", "{\"1e9\":-1.5E+3}"})
  void anyValue(String text) {
    assertThat(parse(text)).hasToString(text);
  }

  @Test
  @DisplayName("may be nested 64 levels deep and no deeper")
  void depth() {
    assertThat(parse("[".repeat(64) + "]".repeat(64)).asJsonArray()).hasSize(1);
    assertThatThrownBy(() -> parse("[".repeat(65) + "]".repeat(65)))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining("64");
    assertThatThrownBy(() -> parse("{\"a\":".repeat(100_000))).isInstanceOf(Malformed.class);
  }

  @Test
  @DisplayName("that may be pruned has null in place of what is deeper")
  void pruned() {
    String outer = "{\"a\":[" + "[".repeat(62);
    String closing = "]".repeat(62) + ",7]}";
    assertThat(
            JsonBody.parsePruned(
                (outer + "1,{\"b\":[\"]}\\\"\"]},[[]],2" + closing).getBytes(UTF_8)))
        .hasToString(outer + "1,null,null,2" + closing);
    assertThat(JsonBody.parsePruned((outer + "{}" + closing).getBytes(UTF_8)))
        .hasToString(outer + "null" + closing);
    assertThat(JsonBody.parsePruned((outer + closing).getBytes(UTF_8)))
        .hasToString(outer + closing);
    assertThatThrownBy(() -> JsonBody.parsePruned("[".repeat(100_000).getBytes(UTF_8)))
        .isInstanceOf(Malformed.class);
  }

  @Test
  @DisplayName("is as deep as its brackets, not as those inside its texts")
  void bracketsInTexts() {
    String text = "[\"" + "[{".repeat(100) + "\\\"[[\\\\\"]";
    assertThat(parse(text).asJsonArray()).hasSize(1);
    assertThat(parse("[" + "[],".repeat(1000) + "{}]").asJsonArray()).hasSize(1001);
  }

  @Test
  @DisplayName("is UTF-8 and nothing else")
  void onlyUtf8() {
    byte[] latin = {'"', (byte) 0xe4, '"'};
    assertThatThrownBy(() -> JsonBody.parse(latin))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining("UTF-8");
    assertThatThrownBy(() -> JsonBody.parse("{}".getBytes(UTF_16))).isInstanceOf(Malformed.class);
    byte[] overlong = {'"', (byte) 0xc0, (byte) 0x80, '"'};
    assertThatThrownBy(() -> JsonBody.parse(overlong)).isInstanceOf(Malformed.class);
    byte[] surrogate = {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'};
    assertThatThrownBy(() -> JsonBody.parse(surrogate)).isInstanceOf(Malformed.class);
  }

  @ParameterizedTest
  @DisplayName("that is no JSON, or goes on after it, is refused")
  @ValueSource(
      strings = {
        "{",
        "}",
        "[",
        "]",
        "{]",
        "[}",
        "{\"a\"}",
        "{\"a\":}",
        "{a:1}",
        "{'a':1}",
        "[1,]",
        "{\"a\":1,}",
        "nul",
        "tru",
        "nulll",
        "TRUE",
        "NaN",
        "Infinity",
        "01",
        "-",
        "+1",
        "1.",
        ".5",
        "1e",
        "0x10",
        "\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\n\"",
        "{}{}",
        "{} x",
        "[] []",
        "1 2",
        "null,",
        "//x",
        "/**/{}",
        "\u0000",
        "{}\u0000",
        "\ufeff{}",
      })
  void noJson(String text) {
    assertThatThrownBy(() -> parse(text)).isInstanceOf(Malformed.class);
  }

  @ParameterizedTest
  @DisplayName("with a number beyond all measure is refused or read, and takes no time")
  @ValueSource(
      strings = {
        "1e999999999",
        "1e-999999999",
        "1e9999999999",
        "1e-9999999999",
        "{\"a\":1e99999999999999999999}",
        "[-1e2147483648]"
      })
  void absurdNumbers(String text) {
    try {
      assertThat(parse(text)).isNotNull();
    } catch (Malformed e) {
      assertThat(e).hasMessageStartingWith("The body");
    }
  }

  @Test
  @DisplayName("with a number of very many digits is refused or read")
  void manyDigits() {
    for (String text : List.of("1".repeat(200_000), "[0." + "1".repeat(200_000) + "]")) {
      try {
        assertThat(parse(text)).isNotNull();
      } catch (Malformed e) {
        assertThat(e).hasMessageStartingWith("The body");
      }
    }
  }

  @Test
  @DisplayName("says where it stops to be JSON, and not how the parser puts it")
  void where() {
    assertThatThrownBy(() -> parse("{\n  \"a\": x}"))
        .isInstanceOf(Malformed.class)
        .hasMessageStartingWith("The body is not JSON: see line 2, column ")
        .hasMessageNotContaining("Invalid token");
  }
}
