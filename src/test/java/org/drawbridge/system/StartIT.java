package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.drawbridge.testing.AlteredWar;
import org.drawbridge.testing.Await;
import org.drawbridge.testing.RunningServer;
import org.drawbridge.testing.SharedServer;
import org.drawbridge.testing.TestCompany;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A start")
@Execution(ExecutionMode.CONCURRENT)
class StartIT {

  private static final Duration WITHOUT_A_BOOT = Duration.ofMinutes(2);
  private static final Duration WITH_A_BOOT = Duration.ofMinutes(5);
  private static final String SECRET = "geheim";

  @BeforeAll
  static void once() {
    assumeFalse(SharedServer.isOnPostgres(), "once is enough");
  }

  @Nested
  @Execution(ExecutionMode.CONCURRENT)
  @DisplayName("that cannot succeed ends by itself, with one line and leaving nothing behind,")
  class Failing {

    static Stream<Arguments> badSettings() {
      return Stream.of(
          arguments("HTTP_PORT", "80x80"),
          arguments("HTTP_PORT", "0"),
          arguments("DRAWBRIDGE_DB_URL", "jdbc:mysql://localhost/d?password=" + SECRET),
          arguments("DRAWBRIDGE_MASTER_KEY", SECRET),
          arguments("DRAWBRIDGE_BOOTSTRAP_TOKEN", SECRET),
          arguments("DRAWBRIDGE_SMTP_URL", "smtp://user:" + SECRET + "@"),
          arguments("DRAWBRIDGE_SMTP_URL", "smtp://user:" + SECRET + "@localhost:99999"),
          arguments("DRAWBRIDGE_PUBLIC_URL", "https://user:" + SECRET + "@localhost"));
    }

    @ParameterizedTest(name = "{0}={1}")
    @MethodSource("badSettings")
    @DisplayName("where a setting cannot be used")
    void badSetting(String name, String value) {
      RunningServer server = RunningServer.launch(Map.of(name, value));
      assertFailure(server, WITHOUT_A_BOOT, name + ": must ");
    }

    @Test
    @DisplayName("where a setting in the file cannot be used")
    void badSettingInFile(@TempDir Path folder) throws IOException {
      String settings = file(folder, "HTTP_PORT=0\nDRAWBRIDGE_SMTP_URL=" + SECRET);
      RunningServer server = RunningServer.launch(Map.of("DRAWBRIDGE_CONFIG", settings));
      // The port is the environment's, which goes before the file.
      assertFailure(server, WITHOUT_A_BOOT, "DRAWBRIDGE_SMTP_URL: must ");
    }

    @Test
    @DisplayName("where the file has what is no setting, or is none")
    void badFile(@TempDir Path folder) throws IOException {
      String typo = file(folder, "DRAWBRIDGE_DBURL=x\nHTTP_POTR=8080");
      for (String name : List.of(typo, folder.resolve("none").toString())) {
        RunningServer server = RunningServer.launch(Map.of("DRAWBRIDGE_CONFIG", name));
        assertFailure(server, WITHOUT_A_BOOT, "DRAWBRIDGE_CONFIG: ");
      }
    }

    @Test
    @DisplayName("where the data folder cannot be written")
    void dataFolder(@TempDir Path folder) throws IOException {
      Path file = Files.createFile(folder.resolve("file"));
      RunningServer server =
          RunningServer.launch(Map.of("DRAWBRIDGE_DATA_DIR", file.resolve("below").toString()));
      assertFailure(server, WITHOUT_A_BOOT, "DRAWBRIDGE_DATA_DIR: ");
    }

    @Test
    @DisplayName("where the port is taken, and leaves it to whom it belongs")
    void portTaken() throws IOException {
      try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        String port = Integer.toString(taken.getLocalPort());
        RunningServer server = RunningServer.launch(Map.of("HTTP_PORT", port));
        assertThat(server.awaitExit(WITHOUT_A_BOOT)).isNotZero();
        assertThat(console(server))
            .singleElement()
            .asString()
            .startsWith("Drawbridge cannot start. HTTP_PORT: port " + port);
        assertThat(server.dataDir()).isEmptyDirectory();
      }
    }

    @Test
    @DisplayName("where the file is no WAR of ours")
    void noWar(@TempDir Path folder) throws IOException {
      Path file = Files.writeString(folder.resolve("broken.war"), "not a zip");
      RunningServer server = RunningServer.launch(Map.of(), file);
      assertFailure(server, WITHOUT_A_BOOT, file.toString());
    }

    @Test
    @DisplayName("where the database cannot be reached")
    void databaseUnreachable() {
      RunningServer server =
          RunningServer.launch(
              Map.of(
                  "DRAWBRIDGE_DB_URL",
                  "jdbc:postgresql://127.0.0.1:" + RunningServer.freePort() + "/drawbridge",
                  "DRAWBRIDGE_DB_USER",
                  "drawbridge",
                  "DRAWBRIDGE_DB_PASSWORD",
                  SECRET));
      assertFailure(server, WITH_A_BOOT, "DRAWBRIDGE_DB_URL: the database cannot be reached: ");
    }

    @Test
    @DisplayName("where the application cannot be deployed, and says where to look")
    void deployment(@TempDir Path folder) throws IOException {
      Path broken = folder.resolve("drawbridge.war");
      Files.copy(Path.of("target/drawbridge.war"), broken);
      try (FileSystem war = FileSystems.newFileSystem(broken)) {
        Files.delete(war.getPath("WEB-INF/classes/org/drawbridge/kernel/SystemClock.class"));
      }
      RunningServer server = RunningServer.launch(Map.of(), broken);
      assertFailure(server, WITH_A_BOOT, "The application could not be deployed; see ");
      String line = console(server).get(0);
      assertThat(Path.of(line.substring(line.indexOf("see ") + 4))).isNotEmptyFile();
    }

    @Test
    @DisplayName("where only some of its beans can start, which the server takes for a deployment")
    void beans(@TempDir Path folder) {
      Path broken =
          AlteredWar.in(folder)
              .replace(
                  "org.drawbridge.credential.control.AttestationRoots",
                  "databind/json/JsonMapper",
                  "databind/json/NoMapper__")
              .path();
      RunningServer server = RunningServer.launch(Map.of(), broken);
      assertFailure(server, WITH_A_BOOT, "The application could not be deployed; see ");
    }
  }

  @Test
  @DisplayName(
      "says five lines, shows the token at the first time alone, finds its data at the next, and is"
          + " none with another master key")
  void twice(@TempDir Path folder) throws IOException {
    Map<String, String> settings =
        Map.of(
            "HTTP_PORT",
            Integer.toString(RunningServer.freePort()),
            "DRAWBRIDGE_DATA_DIR",
            folder.toString(),
            "DRAWBRIDGE_DB_URL",
            "",
            "DRAWBRIDGE_BOOTSTRAP_TOKEN",
            "");
    String token;
    String company;
    try (RunningServer first = RunningServer.start(settings)) {
      assertFiveLines(first);
      token = shownToken(first);
      company = TestCompany.create(first.calls().bearer(token)).id();
      assertOwnerOnly(folder.resolve("master.key"));
      assertOwnerOnly(folder.resolve("bootstrap-token.sha256"));
      assertThat(Files.readString(folder.resolve("bootstrap-token.sha256"))).doesNotContain(token);
      assertThat(first.log()).doesNotContain(token);
      // 128 + SIGTERM, as for any process that it ends
      assertThat(first.stop()).isIn(0, 143);
      assertFiveLines(first);
      assertThat(megabytes(folder.resolve("server-" + first.port()))).isLessThan(2);
    }
    try (RunningServer second = RunningServer.start(settings)) {
      assertFiveLines(second);
      assertThat(second.output()).doesNotContain(token).contains("the token of the first start");
      second.calls().bearer(token).get("/api/v1/companies/" + company).expect(200);
    }
    Map<String, String> otherKey = new HashMap<>(settings);
    String key = Base64.getEncoder().encodeToString(new byte[32]);
    otherKey.put("DRAWBRIDGE_CONFIG", file(folder, "DRAWBRIDGE_MASTER_KEY=" + key));
    assertFailure(RunningServer.launch(otherKey), WITH_A_BOOT, "DRAWBRIDGE_MASTER_KEY: must be ");
  }

  /** A file of settings; answers its name. */
  private static String file(Path folder, String settings) throws IOException {
    return Files.writeString(folder.resolve("drawbridge.properties"), settings).toString();
  }

  private static void assertFailure(RunningServer server, Duration most, String reason) {
    assertThat(server.awaitExit(most)).isNotZero();
    assertThat(console(server))
        .singleElement()
        .asString()
        .startsWith("Drawbridge cannot start. " + reason);
    assertThat(server.output() + server.log()).doesNotContain(SECRET);
    assertThat(server.process().isAlive()).isFalse();
    assertThat(megabytes(server.dataDir().resolve("server-" + server.port()))).isLessThan(80);
    assertThatCode(() -> listenOn(server.port())).doesNotThrowAnyException();
  }

  private static void listenOn(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }
  }

  /** What is left of the unpacked server and application. */
  private static long megabytes(Path folder) {
    if (!Files.exists(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.mapToLong(file -> file.toFile().length()).sum() / 1_000_000;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertFiveLines(RunningServer server) {
    Await.until(Duration.ofSeconds(30), () -> console(server).size() >= 5);
    List<String> lines = console(server);
    assertThat(lines).hasSize(5);
    assertThat(lines.get(0)).matches("Drawbridge \\S+ is up: " + server.url());
    assertThat(lines.get(1)).isEqualTo("Data:    embedded H2 in " + server.dataDir());
    assertThat(lines.get(2)).startsWith("Sign in: Authorization: Bearer ");
    assertThat(lines.get(3)).startsWith("Try:     curl " + server.url() + "/health/ready");
    assertThat(lines.get(4)).isEqualTo("Stop:    Ctrl-C");
  }

  private static String shownToken(RunningServer server) {
    Matcher token =
        Pattern.compile("Bearer ([A-Za-z0-9_-]{32}) {2}\\(shown this once: keep it\\)")
            .matcher(server.output());
    assertThat(token.find()).isTrue();
    return token.group(1);
  }

  private static void assertOwnerOnly(Path file) throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  /** What our process said; the Java virtual machine's own remarks apart. */
  private static List<String> console(RunningServer server) {
    return server
        .output()
        .lines()
        .filter(line -> !line.startsWith("Picked up ") && !line.startsWith("WARNING: "))
        .toList();
  }
}
