package org.drawbridge.problem;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One structured log line in logfmt: {@code event=request.refused status=401 correlation=…}. Values
 * are quoted and their control characters escaped, so that nothing a client sends can forge a line.
 */
public final class LogLine {

  private final StringBuilder line;

  private LogLine(String event) {
    line = new StringBuilder("event=").append(event);
  }

  public static LogLine event(String event) {
    return new LogLine(event);
  }

  /** Adds a member; a null value is left out. */
  public LogLine with(String name, @Nullable Object value) {
    if (value != null) {
      line.append(' ').append(name).append('=');
      appendEscaped(String.valueOf(value));
    }
    return this;
  }

  private void appendEscaped(String value) {
    boolean plain = !value.isEmpty() && value.chars().allMatch(LogLine::isPlain);
    if (plain) {
      line.append(value);
      return;
    }
    line.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        line.append('\\').append(c);
      } else if (Character.isISOControl(c)
          || Character.isSurrogate(c)
          || c == '\u2028'
          || c == '\u2029') {
        line.append(String.format("\\u%04x", (int) c));
      } else {
        line.append(c);
      }
    }
    line.append('"');
  }

  private static boolean isPlain(int c) {
    return c > ' ' && c < 0x7f && c != '"' && c != '\\' && c != '=';
  }

  public void log(Logger logger, Level level) {
    if (logger.isLoggable(level)) {
      with("correlation", Correlation.current());
      // A supplier, because a plain message would have its braces taken for parameters.
      logger.log(level, line::toString);
    }
  }

  public void log(Logger logger, Level level, Throwable cause) {
    with("correlation", Correlation.current());
    logger.log(level, cause, line::toString);
  }

  @Override
  public String toString() {
    return line.toString();
  }
}
