package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.drawbridge.testing.HttpCalls;
import org.drawbridge.testing.HttpCalls.Answer;
import org.drawbridge.testing.Problems;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A protection check takes a body that")
class CheckBodyIT {

  private static final String CHECK = "/v1/AccountProtectionCheck";

  private final TestApplication application = TestCompany.create().application();

  private final String account = application.account("ana");

  @Test
  @DisplayName("may be missing or empty")
  void missing() {
    HttpCalls calls = application.calls("ana");
    assertThat(calls.post(CHECK).expect(200).json().getBoolean("locked")).isFalse();
    assertThat(application.calls("ana").post(CHECK, "").status()).isEqualTo(200);
    assertThat(application.checks(account, "")).hasSize(2);
  }

  @Test
  @DisplayName("describes the login, and all of it is recorded")
  void recorded() {
    Answer answer =
        application
            .calls("ana")
            .with("x-nl3-device-location", "52.52,13.405")
            .with("x-forwarded-for", "203.0.113.9, 10.0.0.1")
            .with("User-Agent", "Mozilla/5.0 (end user)")
            .post(
                CHECK,
                """
                {"userIP":"203.0.113.7","userDevice":"Firefox","userLocation":"Berlin",
                 "userGeo":"52.5,13.4","integrationType":"auth0","phase":"POST_AUTH",
                 "integrationData":{"a":[1,"é",null]},"future":{"x":1}}""")
            .expect(200);
    JsonObject check = application.checks(account, "").get(0);
    assertThat(check.getString("sessionID")).isEqualTo(answer.json().getString("sessionID"));
    assertThat(check.getString("userIP")).isEqualTo("203.0.113.7");
    assertThat(check.getString("userDevice")).isEqualTo("Firefox");
    assertThat(check.getString("userLocation")).isEqualTo("Berlin");
    assertThat(check.getString("userGeo")).isEqualTo("52.5,13.4");
    assertThat(check.getString("integrationType")).isEqualTo("auth0");
    assertThat(check.getString("phase")).isEqualTo("POST_AUTH");
    assertThat(check.getString("integrationData")).isEqualTo("{\"a\":[1,\"é\",null]}");
    assertThat(check.getString("deviceLocation")).isEqualTo("52.52,13.405");
    assertThat(check.getString("forwardedFor")).isEqualTo("203.0.113.9, 10.0.0.1");
    assertThat(check.getString("userAgent")).isEqualTo("Mozilla/5.0 (end user)");
    assertThat(check.getString("userAccountId")).isEqualTo("ana");
    assertThat(check.getBoolean("locked")).isFalse();
    assertThat(check.getString("status")).isEqualTo("UNLOCKED");
    assertThat(Instant.parse(check.getString("checkedDate"))).isBeforeOrEqualTo(Instant.now());
    assertThat(check.getString("checkedDate")).endsWith("Z");
  }

  @Test
  @DisplayName("may have members of wrong types, which are left out")
  void wrongTypes() {
    application
        .calls("ana")
        .with("x-nl3-device-location", "undefined,undefined")
        .post(
            CHECK,
            """
            {"userIP":7,"userDevice":["x"],"userLocation":{"city":"Berlin"},"userGeo":null,
             "integrationType":true,"integrationData":3,"phase":{}}""")
        .expect(200);
    JsonObject check = application.checks(account, "").get(0);
    for (String left :
        List.of("userIP", "userDevice", "userLocation", "integrationType", "phase")) {
      assertThat(check.isNull(left)).as(left).isTrue();
    }
    assertThat(check.isNull("deviceLocation")).isTrue();
    assertThat(check.getString("integrationData")).isEqualTo("3");
  }

  @Test
  @DisplayName("may have members that are too long or cannot be stored as they are")
  void strangeText() {
    application
        .calls("ana")
        .with("User-Agent", "x".repeat(3000))
        .with("x-forwarded-for", "1".repeat(3000))
        .with("x-nl3-device-location", "9".repeat(3000))
        .post(
            CHECK,
            "{\"userIP\":\"a\\u0000b\",\"userDevice\":\"\\ud800\",\"userLocation\":\""
                + "é".repeat(5000)
                + "\",\"integrationData\":\"\\u0000\\udc00\",\"userGeo\":{\"\\ud800\":1}}")
        .expect(200);
    JsonObject check = application.checks(account, "").get(0);
    assertThat(check.getString("userLocation")).startsWith("éé");
    assertThat(check.getString("userAgent")).startsWith("xxx");
  }

  @Test
  @DisplayName("has integration data of any JSON, stored up to 64 KiB")
  void integrationData() {
    int limit = 64 * 1024;
    application
        .calls("ana")
        .post(CHECK, "{\"integrationData\":\"" + "x".repeat(limit) + "\"}")
        .expect(200);
    assertThat(application.checks(account, "").get(0).getString("integrationData")).hasSize(limit);
    application
        .calls("ana")
        .post(CHECK, "{\"integrationData\":\"" + "y".repeat(limit + 5000) + "\"}")
        .expect(200);
    assertThat(application.checks(account, "").get(0).getString("integrationData"))
        .hasSize(limit)
        .startsWith("yyy");
  }

  @Test
  @DisplayName("has integration data nested however deep, stored 64 levels of the body deep")
  void deep() {
    String deep = "{\"integrationData\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}";
    application.calls("ana").post(CHECK, deep).expect(200);
    assertThat(application.checks(account, "").get(0).getString("integrationData"))
        .isEqualTo("[".repeat(63) + "null" + "]".repeat(63));
  }

  @ParameterizedTest
  @DisplayName("that is no JSON object is malformed, and nothing is recorded")
  @ValueSource(
      strings = {
        "[]",
        "[1]",
        "7",
        "\"x\"",
        "null",
        "true",
        "{",
        "{\"userIP\":}",
        "{}{}",
        "{'a':1}"
      })
  void noObject(String body) {
    Problems.expect(application.calls("ana").post(CHECK, body), 400, "malformed-request");
    assertThat(application.checks(account, "")).isEmpty();
  }
}
