package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.testing.Browser;
import org.drawbridge.testing.SharedServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Every page")
class PagesIT {

  private static Browser browser;

  @BeforeAll
  static void open() {
    browser = Browser.open().narrow();
  }

  @AfterAll
  static void close() {
    browser.close();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"/", "/challenge/", "/enroll", "/outbox/", "/requests/"})
  @DisplayName("can be used with a screen reader, on a phone, and in the dark")
  void barriers(String path) {
    browser.go(SharedServer.get().url() + path);
    assertThat(browser.barriers()).isEmpty();
    assertThat(browser.scrollsSideways()).isFalse();
    browser.dark();
    assertThat(browser.barriers()).as("in the dark").isEmpty();
  }
}
