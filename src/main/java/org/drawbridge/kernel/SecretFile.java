package org.drawbridge.kernel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Supplier;

/** A file in the data folder that only its owner may read, written once and never replaced. */
public final class SecretFile {

  private SecretFile() {}

  /** Answers the file's text; makes the file first, with mode 0600, where there is none. */
  public static String readOrCreate(Path file, Supplier<String> content) {
    try {
      if (!Files.exists(file)) {
        create(file, content.get());
      }
      return Files.readString(file, StandardCharsets.UTF_8).trim();
    } catch (IOException e) {
      throw new BadSetting("DRAWBRIDGE_DATA_DIR", "cannot read or write " + file.getFileName());
    }
  }

  private static void create(Path file, String content) throws IOException {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] ownerOnly =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, StandardOpenOption.DSYNC);
    try (SeekableByteChannel channel = Files.newByteChannel(file, options, ownerOnly)) {
      channel.write(ByteBuffer.wrap((content + "\n").getBytes(StandardCharsets.UTF_8)));
    } catch (FileAlreadyExistsException e) {
      // Another node on the same folder was first; its content counts.
    }
  }
}
