package org.drawbridge.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A log line")
class LogLineTest {

  @AfterEach
  void end() {
    Correlation.end();
  }

  private static String line(Object value) {
    return LogLine.event("test").with("value", value).toString();
  }

  @Test
  @DisplayName("is one event with its members, in their order")
  void members() {
    assertThat(LogLine.event("request").with("status", 401).with("path", "/a/b?c").toString())
        .isEqualTo("event=request status=401 path=/a/b?c");
  }

  @Test
  @DisplayName("leaves out what has no value")
  void noValue() {
    assertThat(LogLine.event("request").with("message", null).toString())
        .isEqualTo("event=request");
  }

  @Test
  @DisplayName("quotes what could be taken for more than one value")
  void quotes() {
    assertThat(line("")).isEqualTo("event=test value=\"\"");
    assertThat(line("a b")).isEqualTo("event=test value=\"a b\"");
    assertThat(line("a=b")).isEqualTo("event=test value=\"a=b\"");
    assertThat(line("a\"b\\c")).isEqualTo("event=test value=\"a\\\"b\\\\c\"");
    assertThat(line("añ")).isEqualTo("event=test value=\"añ\"");
  }

  @ParameterizedTest
  @DisplayName("stays one line, whatever a client sends")
  @ValueSource(
      strings = {
        "x\nevent=forged",
        "x\r\nevent=forged",
        "x\u0085y",
        "x\u2028y",
        "x\u2029y",
        "x\u000by",
        "x\u000cy"
      })
  void oneLine(String value) {
    assertThat(line(value).lines()).hasSize(1);
    assertThat(line(value)).doesNotContainPattern("[\\p{Cntrl}\\u0085\\u2028\\u2029]");
    assertThat(line(value)).startsWith("event=test value=\"x");
  }

  @Test
  @DisplayName("shows what no terminal should see by its code")
  void controls() {
    assertThat(line("\u001b[31m")).isEqualTo("event=test value=\"\\u001b[31m\"");
    assertThat(line("a\u0000\ud800")).isEqualTo("event=test value=\"a\\u0000\\ud800\"");
  }

  @Test
  @DisplayName("ends with the id of the request, and its braces are no parameters")
  void logged() {
    Logger logger = Logger.getAnonymousLogger();
    List<String> lines = new ArrayList<>();
    logger.setUseParentHandlers(false);
    logger.addHandler(
        new Handler() {
          @Override
          public void publish(LogRecord logged) {
            lines.add(new SimpleFormatter().formatMessage(logged));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        });
    String id = Correlation.begin();
    LogLine.event("test").with("path", "/{0}").log(logger, Level.INFO);
    LogLine.event("test").log(logger, Level.FINE);
    assertThat(lines).containsExactly("event=test path=/{0} correlation=" + id);
    assertThat(id).matches("[a-z]{22}");
  }
}
