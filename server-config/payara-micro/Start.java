import fish.payara.micro.BootstrapException;
import fish.payara.micro.PayaraMicro;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.lang.reflect.InvocationTargetException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Starts Drawbridge on Payara Micro, and ends the process with one clear line when it cannot:
 *
 * <pre>java @jvm.options -cp payara-micro.jar Start.java drawbridge.war</pre>
 *
 * <p>Exit status: 2 for a wrong call or setting, 3 for a start that failed. Payara Micro by itself
 * would go on running without the application. All of the server's log goes to {@code
 * drawbridge.log} in the data folder, and its own files to {@code server-<port>} there; standard
 * output and error hold what is said here, and nothing else.
 */
final class Start {

  /** Set by the application once it has told why it cannot start. */
  private static final String SAID = "drawbridge.start.failure";

  private static final String SETTINGS_FILE = "DRAWBRIDGE_CONFIG";

  private static final long PATIENCE_MILLIS = 15_000;
  private static final int ANSWER_MILLIS = 30_000;

  private final PrintStream out = System.out;
  private final PrintStream err = System.err;

  public static void main(String... arguments) {
    new Start().run(arguments);
  }

  private void run(String... arguments) {
    if (arguments.length != 1 || !Files.isReadable(Path.of(arguments[0]))) {
      fail(2, "Name the WAR to start: java @jvm.options -cp payara-micro.jar Start.java <war>");
    }
    Path war = Path.of(arguments[0]);
    takeSettingsFile();
    requireGoodSettings(war);
    int port = Integer.parseInt(setting("HTTP_PORT", "8080"));
    requireFree(port);
    System.setProperty("drawbridge.launcher", "true");
    try {
      System.setOut(silent());
      System.setErr(silent());
      boot(port, war.toFile());
    } catch (BootstrapException | IOException | RuntimeException e) {
      fail(3, "The server did not start: " + e.getMessage());
    }
    if (System.getProperty(SAID) != null) {
      end(3);
    }
    // Payara counts an application as deployed whose beans could not start, or only some of them.
    String announcement = System.clearProperty("drawbridge.announcement");
    if (announcement == null || !isAlive(port)) {
      fail(3, "The application could not be deployed; see " + log() + ".0");
    }
    out.println(announcement);
    out.flush();
  }

  private void boot(int port, File war) throws BootstrapException, IOException {
    File folder = emptyFolder(port);
    // Classes are found much sooner in unpacked jars than in jars within a jar.
    PayaraMicro.setUpackedJarDir(folder);
    PayaraMicro.unpackJars();
    PayaraMicro micro = PayaraMicro.getInstance();
    deleteAtExit(folder);
    // By default in the folder for temporary files, where systems delete what is days old.
    micro.setRootDir(folder);
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
    try {
      micro.bootStrap();
    } finally {
      Files.deleteIfExists(logging);
      deleteAtExit(folder);
    }
  }

  /** What is there now; the little that comes later is left to the next start. */
  private static void deleteAtExit(File file) {
    file.deleteOnExit();
    File[] below = file.listFiles();
    if (below != null) {
      for (File each : below) {
        deleteAtExit(each);
      }
    }
  }

  /** Where the server unpacks itself and the WAR; it would deploy again what a killed one left. */
  private File emptyFolder(int port) {
    Path folder = log().resolveSibling("server-" + port);
    try {
      if (Files.exists(folder)) {
        try (Stream<Path> left = Files.walk(folder)) {
          for (Path each : left.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(each);
          }
        }
      }
      Files.createDirectories(folder);
    } catch (IOException e) {
      fail(3, "DRAWBRIDGE_DATA_DIR: %s cannot be emptied (%s)".formatted(folder, e));
    }
    return folder.toFile();
  }

  /** Whether the application itself answers, and not the server in its place. */
  private static boolean isAlive(int port) {
    try {
      HttpURLConnection health =
          (HttpURLConnection)
              URI.create("http://localhost:" + port + "/health/live").toURL().openConnection();
      health.setConnectTimeout(ANSWER_MILLIS);
      health.setReadTimeout(ANSWER_MILLIS);
      return health.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException e) {
      return false;
    }
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
          // Requests on one kept-alive connection; the default ends it after 250.
          HTTP + "max-connections=-1",
          HTTP + "max-swallowing-input-bytes=65536",
          HTTP + "server-header=false",
          HTTP + "xframe-options=false");

  private static final List<String> OWN_ENDPOINTS =
      List.of("set-microprofile-healthcheck-configuration", "set-openapi-configuration");

  /**
   * Makes system properties of the settings in the file, a Java properties file, that are not set
   * otherwise: MicroProfile Config finds them there, and so does this launcher.
   */
  private void takeSettingsFile() {
    String name = setting(SETTINGS_FILE, "");
    if (name.isEmpty()) {
      return;
    }
    Properties file = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(name))) {
      file.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      fail(2, SETTINGS_FILE + ": there is no properties file " + name + " to read");
    }
    for (String setting : file.stringPropertyNames()) {
      if (!setting.matches("HTTP_PORT|DRAWBRIDGE_[A-Z_]+")) {
        fail(2, SETTINGS_FILE + ": " + setting + " in " + name + " is no setting");
      }
      if (setting(setting, "").isEmpty()) {
        System.setProperty(setting, file.getProperty(setting));
      }
    }
  }

  /**
   * Asks the WAR itself, by its own class, whether it can use the settings: a server need not boot
   * to find out that it cannot.
   */
  private void requireGoodSettings(Path war) {
    try (URLClassLoader classes =
        new URLClassLoader(
            new URL[] {URI.create("jar:" + war.toUri() + "!/WEB-INF/classes/").toURL()},
            ClassLoader.getPlatformClassLoader())) {
      UnaryOperator<String> values = Start::setting;
      classes
          .loadClass("org.drawbridge.kernel.Settings")
          .getMethod("check", UnaryOperator.class)
          .invoke(null, values);
    } catch (InvocationTargetException e) {
      fail(2, e.getCause().getMessage());
    } catch (IOException | ReflectiveOperationException e) {
      fail(3, war + " is not Drawbridge's WAR, or is broken");
    }
  }

  /** As MicroProfile Config finds it: a system property, else the environment variable. */
  private static String setting(String name) {
    return System.getProperty(name, System.getenv(name));
  }

  private static String setting(String name, String otherwise) {
    String dotted = name.toLowerCase(Locale.ROOT).replace('_', '.');
    return Stream.of(name, dotted)
        .map(Start::setting)
        .filter(value -> value != null && !value.isBlank())
        .findFirst()
        .map(String::trim)
        .orElse(otherwise);
  }

  private void requireFree(int port) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(port));
    } catch (IOException e) {
      fail(
          3,
          "HTTP_PORT: port %d cannot be used (%s); stop what listens there, or set another"
              .formatted(port, e.getMessage()));
    }
  }

  private static Path log() {
    String home = Path.of(System.getProperty("user.home"), ".drawbridge").toString();
    Path folder = Path.of(setting("DRAWBRIDGE_DATA_DIR", home));
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

  /** One line in all: where the application has told the reason already, this adds none. */
  private void fail(int status, String line) {
    if (System.getProperty(SAID) == null) {
      err.println("Drawbridge cannot start. " + String.valueOf(line).replaceAll("\\s+", " "));
    }
    end(status);
  }

  /** Lets the server clean up behind itself, but not for ever. */
  private static void end(int status) {
    Thread impatient =
        new Thread(
            () -> {
              try {
                Thread.sleep(PATIENCE_MILLIS);
              } catch (InterruptedException e) {
                // then at once
              }
              Runtime.getRuntime().halt(status);
            });
    impatient.setDaemon(true);
    impatient.start();
    System.exit(status);
  }
}
