package org.drawbridge.protection.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.testing.TestJson.JSON;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What is told about a login")
class LoginTest {

  private static JsonObject json(String text) {
    try (var reader = JSON.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  private static Login login(String body) {
    return Login.of(json(body), null, null, null);
  }

  @Test
  @DisplayName("is taken from the body and the headers")
  void taken() {
    Login login =
        Login.of(
            json(
                """
                {"userIP": "192.0.2.1", "userDevice": "phone", "userLocation": "Ulm",
                 "userGeo": {"lat": 48.4}, "integrationType": "auth0", "phase": "PRE_AUTH",
                 "integrationData": [1, true], "unheardOf": 1}
                """),
            "48.4,9.98",
            "192.0.2.7",
            "Mozilla/5.0");
    assertThat(login)
        .isEqualTo(
            new Login(
                "192.0.2.1",
                "phone",
                "Ulm",
                "{\"lat\":48.4}",
                "48.4,9.98",
                "192.0.2.7",
                "Mozilla/5.0",
                "auth0",
                "PRE_AUTH",
                "[1,true]"));
  }

  @Test
  @DisplayName("may be nothing")
  void nothing() {
    assertThat(Login.of(JsonValue.EMPTY_JSON_OBJECT, null, null, null)).isEqualTo(Login.UNKNOWN);
    assertThat(Login.UNKNOWN.isAfterAuthentication()).isFalse();
  }

  @ParameterizedTest
  @DisplayName("is left out where its type is wrong")
  @ValueSource(strings = {"1", "true", "null", "[\"x\"]", "{\"x\":1}"})
  void wrongTypes(String value) {
    String body =
        "{\"userIP\":%1$s,\"userDevice\":%1$s,\"userLocation\":%1$s,\"integrationType\":%1$s,\"phase\":%1$s}"
            .formatted(value);
    assertThat(login(body)).isEqualTo(Login.UNKNOWN);
  }

  @Test
  @DisplayName("may be any JSON as geo and integration data, but null is nothing")
  void anyJson() {
    assertThat(login("{\"userGeo\":\"48,9\",\"integrationData\":\"x\"}").userGeo())
        .isEqualTo("48,9");
    assertThat(login("{\"integrationData\":0}").integrationData()).isEqualTo("0");
    assertThat(login("{\"userGeo\":null,\"integrationData\":null}")).isEqualTo(Login.UNKNOWN);
  }

  @Test
  @DisplayName("is cut where it is too long")
  void cut() {
    String longText = "x".repeat(70_000);
    Login login =
        Login.of(
            JSON.createObjectBuilder()
                .add("userIP", longText)
                .add("userDevice", longText)
                .add("userLocation", longText)
                .add("userGeo", longText)
                .add("integrationType", longText)
                .add("phase", longText)
                .add("integrationData", longText)
                .build(),
            longText,
            longText,
            longText);
    assertThat(login.userIp()).hasSize(64);
    assertThat(login.userDevice()).hasSize(512);
    assertThat(login.userLocation()).hasSize(255);
    assertThat(login.userGeo()).hasSize(255);
    assertThat(login.deviceLocation()).hasSize(64);
    assertThat(login.forwardedFor()).hasSize(255);
    assertThat(login.userAgent()).hasSize(512);
    assertThat(login.integrationType()).hasSize(64);
    assertThat(login.phase()).hasSize(32);
    assertThat(login.integrationData()).hasSize(65_536);
  }

  @Test
  @DisplayName("loses half surrogate pairs and NULs, which no database keeps")
  void unstorable() {
    assertThat(login("{\"userDevice\":\"a\\ud800b\\u0000c\\udc00\"}").userDevice())
        .isEqualTo("a\ufffdb\ufffdc\ufffd");
    assertThat(Login.of(JsonValue.EMPTY_JSON_OBJECT, null, null, "a\ud83d").userAgent())
        .isEqualTo("a\ufffd");
    String ipWithPairAtTheCut = "x".repeat(63) + "\ud83d\ude00";
    assertThat(
            Login.of(
                    JSON.createObjectBuilder().add("userIP", ipWithPairAtTheCut).build(),
                    null,
                    null,
                    null)
                .userIp())
        .isEqualTo("x".repeat(63));
  }

  @Test
  @DisplayName("holds no device location where a browser would not tell it")
  void undefinedLocation() {
    assertThat(Login.of(JsonValue.EMPTY_JSON_OBJECT, "undefined,undefined", null, null))
        .isEqualTo(Login.UNKNOWN);
  }

  @ParameterizedTest
  @DisplayName("says by its integration type that the person is authenticated")
  @ValueSource(strings = {"auth0", "cognito", "aadb2c", "Auth0", "AADB2C"})
  void afterAuthentication(String integrationType) {
    assertThat(
            login("{\"integrationType\":\"%s\"}".formatted(integrationType))
                .isAfterAuthentication())
        .isTrue();
  }

  @ParameterizedTest
  @DisplayName("does not say so by any other type or phase")
  @ValueSource(
      strings = {
        "{\"integrationType\":\"adfs\"}",
        "{\"integrationType\":\"awsiamuser\"}",
        "{\"integrationType\":\"auth0x\"}",
        "{\"phase\":\"PRE_AUTH\"}",
        "{\"phase\":\"post_auth\"}",
        "{\"phase\":[\"POST_AUTH\"]}"
      })
  void notAfterAuthentication(String body) {
    assertThat(login(body).isAfterAuthentication()).isFalse();
  }

  @Test
  @DisplayName("says by its phase that the person is authenticated, whatever the type")
  void phase() {
    assertThat(
            login("{\"phase\":\"POST_AUTH\",\"integrationType\":\"adfs\"}").isAfterAuthentication())
        .isTrue();
  }
}
