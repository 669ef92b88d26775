package org.drawbridge.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders for what servers of tests write: under {@code target}, which a clean build removes. */
public final class TestFolder {

  private static final Path ALL = Path.of("target/servers").toAbsolutePath();

  private TestFolder() {}

  /** A new folder, whose name begins so. */
  public static Path create(String prefix) {
    try {
      return Files.createTempDirectory(Files.createDirectories(ALL), prefix);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
