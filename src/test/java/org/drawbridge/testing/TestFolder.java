package org.drawbridge.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

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

  /** Deletes the folder and all in it; nothing where it does not exist. */
  static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path each : deepestFirst) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
