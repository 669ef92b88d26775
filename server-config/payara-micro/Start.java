import fish.payara.micro.BootstrapException;
import fish.payara.micro.PayaraMicro;
import fish.payara.micro.PayaraMicroRuntime;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Starts Drawbridge on Payara Micro, and ends the process with one clear line when it cannot:
 *
 * <pre>java @jvm.options -cp payara-micro.jar Start.java drawbridge.war</pre>
 *
 * <p>Exit status: 2 for a wrong call or setting, 3 for a start that failed. Payara Micro by itself
 * would go on running without the application. All of the server's log goes to {@code
 * drawbridge.log} in the data folder; standard output and error hold what is said here, and nothing
 * else.
 */
final class Start {

  private final PrintStream out = System.out;
  private final PrintStream err = System.err;

  public static void main(String... arguments) {
    new Start().run(arguments);
  }

  private void run(String... arguments) {
    if (arguments.length != 1 || !Files.isReadable(Path.of(arguments[0]))) {
      fail(2, "Name the WAR to start: java @jvm.options -cp payara-micro.jar Start.java <war>");
    }
    int port = port();
    requireFree(port);
    System.setProperty("drawbridge.launcher", "true");
    PayaraMicroRuntime runtime = null;
    try {
      System.setOut(silent());
      System.setErr(silent());
      runtime = boot(port, new File(arguments[0]));
    } catch (BootstrapException | IOException | RuntimeException e) {
      fail(3, "The server did not start: " + e.getMessage());
    }
    if (System.getProperty("drawbridge.start.failure") != null) {
      // Said already, by the one who knows best.
      halt(3);
    }
    if (runtime.getDeployedApplicationNames().isEmpty()) {
      fail(3, "The application could not be deployed; see " + log());
    }
    String announcement = System.clearProperty("drawbridge.announcement");
    out.println(announcement == null ? "Drawbridge is up." : announcement);
    out.flush();
  }

  private PayaraMicroRuntime boot(int port, File war) throws BootstrapException, IOException {
    PayaraMicro micro = PayaraMicro.getInstance();
    Path logging = Files.createTempFile("drawbridge-logging", ".properties");
    Files.writeString(logging, logging());
    micro.setPrintLogo(false);
    micro.setHttpPort(port);
    micro.setPreBootHandler(
        commands -> {
          SETTINGS.forEach(setting -> commands.run("set", setting));
          // Payara's own would say "ready" before our application is there to be asked.
          OWN_ENDPOINTS.forEach(command -> commands.run(command, "--enabled=false"));
        });
    micro.setLogPropertiesFile(logging.toFile());
    micro.addDeploymentFile(war);
    return micro.bootStrap();
  }

  private static final String HTTP =
      "configs.config.server-config.network-config.protocols.protocol.http-listener.http.";

  private static final List<String> SETTINGS =
      List.of(
          // Nodes share nothing but the database.
          "configs.config.server-config.hazelcast-config-specific-configuration.enabled=false",
          "configs.config.server-config.microprofile-metrics-configuration.enabled=false",
          // Tokens of 16 KiB travel in headers.
          HTTP + "header-buffer-length-bytes=32768",
          HTTP + "max-swallowing-input-bytes=65536",
          HTTP + "server-header=false",
          HTTP + "xframe-options=false");

  private static final List<String> OWN_ENDPOINTS =
      List.of("set-microprofile-healthcheck-configuration", "set-openapi-configuration");

  private int port() {
    String given = System.getenv().getOrDefault("HTTP_PORT", "8080").trim();
    try {
      int port = Integer.parseInt(given);
      if (port > 0 && port < 65536) {
        return port;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    fail(2, "HTTP_PORT: must be a whole number from 1 to 65535");
    return 0;
  }

  private void requireFree(int port) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(port));
    } catch (IOException e) {
      fail(3, "HTTP_PORT: port " + port + " is taken; stop what listens there, or set another");
    }
  }

  private static Path log() {
    String given = System.getenv("DRAWBRIDGE_DATA_DIR");
    Path folder =
        given == null || given.isBlank()
            ? Path.of(System.getProperty("user.home"), ".drawbridge")
            : Path.of(given);
    return folder.resolve("drawbridge.log");
  }

  private static String logging() throws IOException {
    Files.createDirectories(log().getParent());
    return String.join(
        "\n",
        "handlers=java.util.logging.FileHandler",
        ".level=INFO",
        "java.util.logging.FileHandler.pattern=" + log().toString().replace("%", "%%"),
        "java.util.logging.FileHandler.append=true",
        "java.util.logging.FileHandler.limit=50000000",
        "java.util.logging.FileHandler.count=5",
        "java.util.logging.FileHandler.formatter=java.util.logging.SimpleFormatter",
        "java.util.logging.SimpleFormatter.format=%1$tFT%1$tT.%1$tLZ %4$s %3$s %5$s%6$s%n",
        "");
  }

  private static PrintStream silent() {
    return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
  }

  private void fail(int status, String line) {
    err.println("Drawbridge cannot start. " + line);
    halt(status);
  }

  private static void halt(int status) {
    Runtime.getRuntime().halt(status);
  }
}
