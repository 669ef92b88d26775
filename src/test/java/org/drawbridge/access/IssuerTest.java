package org.drawbridge.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The issuer of a token")
class IssuerTest {

  private static Issuer issuer(String text) {
    return Objects.requireNonNull(Issuer.of(text));
  }

  @ParameterizedTest
  @DisplayName("is a domain URL, in any case, with or without a trailing slash")
  @CsvSource({
    "https://app.example.com, app.example.com, https://app.example.com",
    "https://app.example.com/, app.example.com, https://app.example.com",
    "HTTPS://App.Example.COM, app.example.com, https://app.example.com",
    "https://app.example.com:443/, app.example.com, https://app.example.com",
    "http://app.example.com:80, app.example.com, http://app.example.com",
    "http://localhost:3000, localhost, http://localhost:3000",
  })
  void url(String text, String host, String url) {
    assertThat(issuer(text)).isEqualTo(new Issuer(host, url));
    assertThat(issuer(text).names(url)).isTrue();
  }

  @ParameterizedTest
  @DisplayName("is a bare host name, in any case")
  @ValueSource(strings = {"app.example.com", "APP.example.com", "localhost", "a", "192.0.2.1"})
  void host(String text) {
    Issuer issuer = issuer(text);
    assertThat(issuer.url()).isNull();
    assertThat(issuer.host()).isEqualToIgnoringCase(text).isLowerCase();
  }

  @Test
  @DisplayName("that is a host names every application there; a URL only its own")
  void names() {
    assertThat(issuer("app.example.com").names("http://app.example.com:8080")).isTrue();
    Issuer url = issuer("https://app.example.com");
    assertThat(url.names("http://app.example.com")).isFalse();
    assertThat(url.names("https://app.example.com:8443")).isFalse();
  }

  @ParameterizedTest
  @DisplayName("is nothing else")
  @ValueSource(
      strings = {
        "",
        " ",
        "app example",
        "app.example.com/",
        "-app.example.com",
        "app.example.com.",
        "app.example.com:443",
        "äpp.example.com",
        "https://",
        "https:///x",
        "https://app.example.com/path",
        "https://app.example.com//",
        "https://app.example.com?x",
        "https://app.example.com#x",
        "https://ana@app.example.com",
        "https://app example.com",
        "https://app_x.example.com",
        "://app.example.com"
      })
  void nothingElse(String text) {
    assertThat(Issuer.of(text)).isNull();
  }

  @Test
  @DisplayName("is at most 300 characters long")
  void length() {
    assertThat(Issuer.of("a".repeat(300))).isNotNull();
    assertThat(Issuer.of("a".repeat(301))).isNull();
  }
}
