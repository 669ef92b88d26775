package org.drawbridge.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A fresh WildFly, set up by {@code server-config/wildfly/configure.cli} and with the WAR copied to
 * where it looks for deployments, as an operator would. The distribution itself is left as it is.
 */
public final class WildFlyServer implements AutoCloseable {

  private static final Path CONFIGURE = Path.of("server-config/wildfly/configure.cli");
  private static final Path WAR = Path.of("target/drawbridge.war");

  private final ServerProcess process;
  private final Path base;
  private final URI url;

  private WildFlyServer(ServerProcess process, Path base, URI url) {
    this.process = process;
    this.base = base;
    this.url = url;
  }

  /** On an empty embedded database; waits until requests are served. */
  public static WildFlyServer start(Map<String, String> settings) {
    try {
      Path base = freshBase();
      configure(base);
      Files.copy(WAR, base.resolve("deployments/drawbridge.war"));
      int port = RunningServer.freePort();
      Map<String, String> environment = environment();
      environment.put("HTTP_PORT", Integer.toString(port));
      environment.put("DRAWBRIDGE_DATA_DIR", TestFolder.create("data").toString());
      environment.put("DRAWBRIDGE_BOOTSTRAP_TOKEN", RunningServer.BOOTSTRAP_TOKEN);
      environment.putAll(settings);
      ServerProcess process =
          ServerProcess.start(
              List.of(
                  script("standalone.sh"),
                  "-Djboss.server.base.dir=" + base,
                  "-Djboss.https.port=" + RunningServer.freePort(),
                  "-Djboss.management.http.port=" + RunningServer.freePort()),
              environment);
      WildFlyServer server =
          new WildFlyServer(process, base, URI.create("http://localhost:" + port));
      process.awaitReady(server.calls());
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public HttpCalls calls() {
    return new HttpCalls(url);
  }

  public URI url() {
    return url;
  }

  /** The server's log file. */
  public String log() {
    try {
      return Files.readString(base.resolve("log/server.log"), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.stop();
  }

  /** What the distribution holds of a server that never ran: its configuration, no deployment. */
  private static Path freshBase() throws IOException {
    Path base = TestFolder.create("wildfly");
    Path configuration = home().resolve("standalone/configuration");
    Files.createDirectories(base.resolve("configuration"));
    Files.createDirectories(base.resolve("deployments"));
    try (Stream<Path> files = Files.list(configuration)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, base.resolve("configuration").resolve(file.getFileName()));
      }
    }
    return base;
  }

  private static void configure(Path base) {
    Map<String, String> environment = environment();
    environment.put("JAVA_OPTS", "-Djboss.server.base.dir=" + base);
    ServerProcess cli =
        ServerProcess.start(
            List.of(script("jboss-cli.sh"), "--file=" + CONFIGURE.toAbsolutePath()), environment);
    int status = cli.awaitExit(Duration.ofMinutes(3));
    if (status != 0) {
      throw new IllegalStateException("WildFly could not be configured: " + cli.output());
    }
  }

  private static Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("JBOSS_HOME", home().toAbsolutePath().toString());
    environment.put("LAUNCH_JBOSS_IN_BACKGROUND", "true");
    environment.put("PREPEND_JAVA_OPTS", String.join(" ", RunningServer.virtualMachineOptions()));
    return environment;
  }

  private static String script(String name) {
    return home().resolve("bin").resolve(name).toString();
  }

  /** Where the build unpacked the distribution. */
  private static Path home() {
    String home = System.getProperty("drawbridge.test.wildfly");
    if (home == null) {
      throw new IllegalStateException(
          "Run this with mvn verify, or name an unpacked WildFly: -Ddrawbridge.test.wildfly=…");
    }
    return Path.of(home);
  }
}
