package org.drawbridge.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A server in a process of its own, whose standard output and error are kept; ends with the JVM.
 */
final class ServerProcess {

  private static final Duration START = Duration.ofMinutes(5);

  private final Process process;
  private final Path output;

  private ServerProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /**
   * @param environment added to this JVM's; an empty value takes the variable away
   */
  static ServerProcess start(List<String> command, Map<String, String> environment) {
    try {
      Path output = TestFolder.create("output").resolve("output.txt");
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().putAll(environment);
      builder.environment().values().removeIf(String::isEmpty);
      builder.redirectErrorStream(true).redirectOutput(output.toFile());
      ServerProcess server = new ServerProcess(builder.start(), output);
      Runtime.getRuntime().addShutdownHook(new Thread(server::destroyForcibly));
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void awaitReady(HttpCalls calls) {
    boolean ready =
        Await.until(
            START,
            () -> {
              if (!process.isAlive()) {
                throw new IllegalStateException("The server ended: " + output());
              }
              return calls.isUp("/health/ready");
            });
    if (!ready) {
      destroyForcibly();
      throw new IllegalStateException("The server was not ready in time: " + output());
    }
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** All that the process wrote to standard output and standard error. */
  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As {@code kill -9}: nothing can be cleaned up. */
  void kill() {
    destroyForcibly();
    awaitExit(Duration.ofSeconds(20));
  }

  /** As SIGTERM; answers the exit status, or 0 where the process had ended before. */
  int stop() {
    if (!process.isAlive()) {
      return 0;
    }
    process.destroy();
    return awaitExit(Duration.ofSeconds(60));
  }

  /** The exit status of a process that ends by itself. */
  int awaitExit(Duration most) {
    try {
      if (!process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("The process did not end: " + output());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A server that a shell script started is the script's child. */
  private void destroyForcibly() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
