package org.drawbridge.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A fresh domain of Payara Server, set up as {@code server-config/payara-server/README.md} has an
 * operator do it. The distribution itself is left as it is.
 */
public final class PayaraServer implements AutoCloseable {

  private static final Path CONFIGURE = Path.of("server-config/payara-server/configure.asadmin");
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String DOMAIN = "drawbridge";

  private final Path domains;
  private final Map<String, String> environment = new HashMap<>();
  private final int base = RunningServer.freePort();

  private PayaraServer(Path domains, Map<String, String> settings) throws IOException {
    this.domains = domains;
    environment.put("AS_JAVA", System.getProperty("java.home"));
    environment.put("HTTP_PORT", Integer.toString(url().getPort()));
    environment.put("DRAWBRIDGE_DATA_DIR", TestFolder.create("data").toString());
    environment.put("DRAWBRIDGE_BOOTSTRAP_TOKEN", RunningServer.BOOTSTRAP_TOKEN);
    environment.putAll(settings);
  }

  /** Whether the build unpacked a distribution. */
  public static boolean isThere() {
    return System.getProperty("drawbridge.test.payara-server") != null;
  }

  /** On an empty embedded database; waits until requests are served. */
  public static PayaraServer start(Map<String, String> settings) {
    try {
      Path domains = TestFolder.create("payara");
      PayaraServer server = new PayaraServer(domains, settings);
      server.domain("create-domain", "--nopassword", "--portbase", Integer.toString(server.base));
      server.domain("start-domain");
      server.remote("multimode", "--file", CONFIGURE.toAbsolutePath().toString());
      server.domain("restart-domain");
      String war = RunningServer.WAR.toAbsolutePath().toString();
      server.remote("deploy", "--contextroot", "/", "--name", "drawbridge", war);
      if (!Await.until(PATIENCE, () -> server.calls().isUp("/health/ready"))) {
        throw new IllegalStateException("The server was not ready in time");
      }
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public HttpCalls calls() {
    return new HttpCalls(url());
  }

  /** Payara counts its ports from the base: 48 is for administration, 80 for HTTP. */
  public URI url() {
    return URI.create("http://localhost:" + (base + 80));
  }

  @Override
  public void close() {
    domain("stop-domain");
  }

  private void domain(String command, String... options) {
    List<String> arguments = new ArrayList<>(List.of(command, "--domaindir", domains.toString()));
    arguments.addAll(List.of(options));
    arguments.add(DOMAIN);
    asadmin(arguments);
  }

  private void remote(String command, String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("--port", Integer.toString(base + 48), command));
    arguments.addAll(List.of(options));
    asadmin(arguments);
  }

  private void asadmin(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(
        Path.of(System.getProperty("drawbridge.test.payara-server"), "bin/asadmin").toString());
    command.addAll(arguments);
    ServerProcess process = ServerProcess.start(command, environment);
    if (process.awaitExit(PATIENCE) != 0) {
      throw new IllegalStateException(command + " failed: " + process.output());
    }
  }
}
