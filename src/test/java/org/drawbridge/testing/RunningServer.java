package org.drawbridge.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Drawbridge in a process of its own, started just as the README's first command starts it.
 * Settings that the environment holds are honoured; those given here win.
 */
public final class RunningServer implements AutoCloseable {

  /** The platform administrator's token, unless the environment says another. */
  public static final String BOOTSTRAP_TOKEN =
      System.getenv().getOrDefault("DRAWBRIDGE_BOOTSTRAP_TOKEN", "bootstrap-token-for-tests");

  private static final Duration START = Duration.ofMinutes(5);

  private final Process process;
  private final Path output;
  private final Path dataDir;
  private final int port;

  private RunningServer(Process process, Path output, Path dataDir, int port) {
    this.process = process;
    this.output = output;
    this.dataDir = dataDir;
    this.port = port;
  }

  /** Starts and waits until requests are served; fails with what the process said when it ends. */
  public static RunningServer start(Map<String, String> settings) {
    RunningServer server = launch(settings);
    server.awaitReady();
    return server;
  }

  /** Starts and does not wait; for starts that must fail. */
  public static RunningServer launch(Map<String, String> settings) {
    try {
      int port =
          settings.containsKey("HTTP_PORT") && settings.get("HTTP_PORT").matches("[0-9]+")
              ? Integer.parseInt(settings.get("HTTP_PORT"))
              : freePort();
      Path dataDir =
          settings.containsKey("DRAWBRIDGE_DATA_DIR")
              ? Path.of(settings.get("DRAWBRIDGE_DATA_DIR"))
              : Files.createTempDirectory("drawbridge-data");
      Path output = Files.createTempFile("drawbridge-output", ".txt");
      ProcessBuilder builder = new ProcessBuilder(command());
      Map<String, String> environment = new HashMap<>();
      environment.put("HTTP_PORT", Integer.toString(port));
      environment.put("DRAWBRIDGE_DATA_DIR", dataDir.toString());
      environment.put("DRAWBRIDGE_BOOTSTRAP_TOKEN", BOOTSTRAP_TOKEN);
      environment.putAll(settings);
      builder.environment().putAll(environment);
      builder.environment().values().removeIf(String::isEmpty);
      builder.redirectErrorStream(true).redirectOutput(output.toFile());
      Process process = builder.start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      return new RunningServer(process, output, dataDir, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@server-config/payara-micro/jvm.options");
    String agent = System.getProperty("drawbridge.test.agent", "");
    if (!agent.isBlank()) {
      command.add(agent);
    }
    command.add("-cp");
    command.add("target/server/payara-micro.jar");
    command.add("server-config/payara-micro/Start.java");
    command.add("target/drawbridge.war");
    return command;
  }

  private void awaitReady() {
    HttpCalls calls = calls();
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
      process.destroyForcibly();
      throw new IllegalStateException("The server was not ready in time: " + output());
    }
  }

  public HttpCalls calls() {
    return new HttpCalls(url());
  }

  public URI url() {
    return URI.create("http://localhost:" + port);
  }

  public int port() {
    return port;
  }

  public Path dataDir() {
    return dataDir;
  }

  public ProcessHandle process() {
    return process.toHandle();
  }

  /** All that the process wrote to standard output and standard error. */
  public String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The server's log file. */
  public String log() {
    try {
      Path log = dataDir.resolve("drawbridge.log.0");
      return Files.exists(log) ? Files.readString(log) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As {@code kill -9}: nothing can be cleaned up. */
  public void kill() {
    process.destroyForcibly();
    awaitExit(Duration.ofSeconds(20));
  }

  /** As Ctrl-C; answers the exit status. */
  public int stop() {
    process.destroy();
    return awaitExit(Duration.ofSeconds(60));
  }

  /** The exit status of a process that ends by itself. */
  public int awaitExit(Duration most) {
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

  @Override
  public void close() {
    if (process.isAlive()) {
      stop();
    }
  }

  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
