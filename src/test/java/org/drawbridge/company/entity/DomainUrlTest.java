package org.drawbridge.company.entity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A domain URL")
class DomainUrlTest {

  @ParameterizedTest
  @DisplayName("is kept in lower case, without a trailing slash and without the usual port")
  @CsvSource({
    "https://App.example.com/, https://app.example.com, app.example.com",
    "HTTP://LOCALHOST:3000, http://localhost:3000, localhost",
    "https://app.example.com:8443/, https://app.example.com:8443, app.example.com",
    "https://app.example.com:443, https://app.example.com, app.example.com",
    "HTTP://app.example.com:80/, http://app.example.com, app.example.com",
    "https://app.example.com:80, https://app.example.com:80, app.example.com",
    "http://app.example.com:443, http://app.example.com:443, app.example.com",
    "https://192.0.2.1, https://192.0.2.1, 192.0.2.1",
    "https://xn--pp-via.example, https://xn--pp-via.example, xn--pp-via.example",
  })
  void kept(String text, String url, String host) {
    assertThat(DomainUrl.parse(text)).contains(new DomainUrl(url, host));
  }

  @ParameterizedTest
  @DisplayName("has no path, query, fragment or user, and is http or https")
  @ValueSource(
      strings = {
        "",
        "/",
        "app.example.com",
        "//app.example.com",
        "ftp://app.example.com",
        "javascript://app.example.com",
        "https:app.example.com",
        "https://",
        "https:///",
        "https://app.example.com/path",
        "https://app.example.com//",
        "https://app.example.com?",
        "https://app.example.com?x=1",
        "https://app.example.com#",
        "https://ana@app.example.com",
        "https://ana:pw@app.example.com",
        "https://app.example.com:65536",
        "https://app.example.com:x",
        "https://app example.com",
        "https://app_x.example.com",
        "https://äpp.example.com",
        " https://app.example.com",
        "https://app.example.com\n"
      })
  void refused(String text) {
    assertThat(DomainUrl.parse(text)).isEmpty();
  }

  @Test
  @DisplayName("has a host of at most 253 characters")
  void length() {
    String label = "a".repeat(49) + ".";
    assertThat(DomainUrl.parse("https://" + label.repeat(5) + "com")).isPresent();
    assertThat(DomainUrl.parse("https://" + label.repeat(5) + "a".repeat(4))).isEmpty();
  }
}
