package org.drawbridge.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A copy of the WAR with words in its classes replaced, or with more classes: for control runs,
 * which show that a test fails where the product lacks what the test is about, and for what no
 * setting of the product changes.
 */
public final class AlteredWar {

  private final Path war;

  private AlteredWar(Path war) {
    this.war = war;
  }

  /** A copy in the folder, as yet unaltered. */
  public static AlteredWar in(Path folder) {
    try {
      return new AlteredWar(
          Files.copy(RunningServer.WAR, folder.resolve(RunningServer.WAR.getFileName())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Replaces text in the constants of a class.
   *
   * @param replacement as long as the text, so that the class file stays whole
   * @throws IllegalStateException where the class does not have the text any more
   */
  public AlteredWar replace(String className, String text, String replacement) {
    try (FileSystem files = FileSystems.newFileSystem(war)) {
      Path entry = files.getPath("WEB-INF/classes", className.replace('.', '/') + ".class");
      // One character for each byte, and back.
      String original = new String(Files.readAllBytes(entry), StandardCharsets.ISO_8859_1);
      if (!original.contains(text) || text.length() != replacement.length()) {
        throw new IllegalStateException(className + " cannot have " + text + " replaced");
      }
      Files.write(entry, original.replace(text, replacement).getBytes(StandardCharsets.ISO_8859_1));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds a class of the tests, with no nested ones. */
  public AlteredWar add(Class<?> added) {
    String name = added.getName().replace('.', '/') + ".class";
    try (FileSystem files = FileSystems.newFileSystem(war);
        InputStream bytes = added.getResourceAsStream("/" + name)) {
      Path entry = files.getPath("WEB-INF/classes", name);
      Files.createDirectories(entry.getParent());
      Files.copy(bytes, entry);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path path() {
    return war;
  }
}
