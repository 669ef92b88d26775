package org.drawbridge.testing;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Alternative;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Shows the instant that stands in a file. A test that adds this class to the WAR of a server gives
 * it the time that way: there it is injected instead of the product's own clock.
 */
@Alternative
@Priority(1)
@Dependent
public class ClockInFile extends Clock {

  /** The environment variable that names the file to the server. */
  public static final String VARIABLE = "CLOCK_IN_FILE";

  /** Sets the clock; nobody reads half an instant. */
  public static void set(Path file, Instant time) {
    try {
      Path written = Files.writeString(file.resolveSibling("next"), time.toString());
      Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Instant instant() {
    try {
      return Instant.parse(Files.readString(Path.of(System.getenv(VARIABLE))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("All times are in UTC.");
  }
}
