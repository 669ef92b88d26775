package org.drawbridge.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What only one of the test JVMs that run side by side may do at a time, such as to install. */
final class Alone {

  private Alone() {}

  /** Something that works with files. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException;
  }

  /** Does it once no other JVM is at work under the same lock file. */
  static synchronized void run(Path lockFile, Work work) {
    try (FileChannel file =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = file.lock()) {
      work.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
