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

/**
 * Drawbridge in a process of its own, started just as the README's first command starts it.
 * Settings that the environment holds are honoured; those given here win.
 */
public final class RunningServer implements AutoCloseable {

  /** The platform administrator's token, unless the environment says another. */
  public static final String BOOTSTRAP_TOKEN =
      System.getenv().getOrDefault("DRAWBRIDGE_BOOTSTRAP_TOKEN", "bootstrap-token-for-tests");

  public static final Path WAR = Path.of("target/drawbridge.war");

  private final ServerProcess process;
  private final Path dataDir;
  private final int port;

  private RunningServer(ServerProcess process, Path dataDir, int port) {
    this.process = process;
    this.dataDir = dataDir;
    this.port = port;
  }

  /** Starts and waits until requests are served; fails with what the process said when it ends. */
  public static RunningServer start(Map<String, String> settings) {
    return start(settings, WAR);
  }

  /** The same with another WAR. */
  public static RunningServer start(Map<String, String> settings, Path war) {
    RunningServer server = launch(settings, war);
    server.awaitReady();
    return server;
  }

  /** Waits until requests are served; fails with what the process said when it ends. */
  public void awaitReady() {
    process.awaitReady(calls());
  }

  /** Starts and does not wait; for starts that must fail, and several at once. */
  public static RunningServer launch(Map<String, String> settings) {
    return launch(settings, WAR);
  }

  /** Starts with another WAR, and does not wait. */
  public static RunningServer launch(Map<String, String> settings, Path war) {
    int port =
        settings.containsKey("HTTP_PORT") && settings.get("HTTP_PORT").matches("[0-9]+")
            ? Integer.parseInt(settings.get("HTTP_PORT"))
            : freePort();
    String given = settings.get("DRAWBRIDGE_DATA_DIR");
    Path dataDir = given == null ? TestFolder.create("data") : Path.of(given);
    Map<String, String> environment = new HashMap<>();
    environment.put("HTTP_PORT", Integer.toString(port));
    environment.put("DRAWBRIDGE_DATA_DIR", dataDir.toString());
    environment.put("DRAWBRIDGE_BOOTSTRAP_TOKEN", BOOTSTRAP_TOKEN);
    environment.putAll(settings);
    ServerProcess process = ServerProcess.start(command(war), environment);
    return new RunningServer(process, dataDir, port);
  }

  /** What servers of tests are started with besides the options of their users. */
  static List<String> virtualMachineOptions() {
    String options = System.getProperty("drawbridge.test.jvm", "");
    return options.isBlank() ? List.of() : List.of(options.trim().split("\\s+"));
  }

  private static List<String> command(Path war) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@server-config/payara-micro/jvm.options");
    command.addAll(virtualMachineOptions());
    command.add("-cp");
    command.add("target/server/payara-micro.jar");
    command.add("server-config/payara-micro/Start.java");
    command.add(war.toString());
    return command;
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
    return process.handle();
  }

  /** All that the process wrote to standard output and standard error. */
  public String output() {
    return process.output();
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
    process.kill();
  }

  /** As Ctrl-C; answers the exit status. */
  public int stop() {
    return process.stop();
  }

  /** The exit status of a process that ends by itself. */
  public int awaitExit(Duration most) {
    return process.awaitExit(most);
  }

  @Override
  public void close() {
    process.stop();
  }

  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
