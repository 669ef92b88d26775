package org.drawbridge.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.drawbridge.kernel.Ids;
import org.drawbridge.testing.DomainToken;
import org.drawbridge.testing.HttpCalls;
import org.drawbridge.testing.Postgres;
import org.drawbridge.testing.RunningServer;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.drawbridge.testing.TestDatabase;

/**
 * Measures the protection check, with its durable record and a fresh token and {@code jti} for each
 * request, beside an empty JSON resource of the same server, the tracking of an enrolled user by
 * the challenge API, and PostgreSQL by itself, in turns on one machine. Prints a table and the
 * ratios; fails when an answer was wrong or a record is missing.
 */
public final class Benchmark {

  private static final int CONNECTIONS = Integer.getInteger("bench.connections", 32);
  private static final int RUNS = Integer.getInteger("bench.runs", 3);
  private static final Duration RUN = Duration.ofSeconds(Integer.getInteger("bench.seconds", 20));
  private static final Duration WARM_UP =
      Duration.ofSeconds(Integer.getInteger("bench.warmup", 120));
  private static final int ACCOUNTS = 10_000;

  private final PrintStream out = System.out;
  private final Random random = new Random(7);

  public static void main(String... arguments) throws Exception {
    new Benchmark().run(arguments.length == 0 ? List.of("postgresql", "h2") : List.of(arguments));
    System.exit(0);
  }

  private void run(List<String> databases) throws Exception {
    out.printf(
        "%n%s, %d processors, Java %s, %d connections, %d runs of %d s after %d s of warm-up%n",
        processor(),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        CONNECTIONS,
        RUNS,
        RUN.toSeconds(),
        WARM_UP.toSeconds());
    if (databases.contains("postgresql")) {
      measure("PostgreSQL", Postgres.durable().newDatabase());
    }
    if (databases.contains("h2")) {
      measure("H2", Map.of());
    }
  }

  private void measure(String name, Map<String, String> database) throws Exception {
    Map<String, String> settings = new HashMap<>(database);
    try (RunningServer server = RunningServer.start(settings)) {
      TestCompany company =
          TestCompany.create(server.calls().bearer(RunningServer.BOOTSTRAP_TOKEN));
      TestApplication application = company.application();
      addAccounts(application, database);
      Supplier<byte[]> checks = checks(application);
      byte[] empty =
          "GET /api/v1/version HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n\r\n"
              .getBytes(UTF_8);

      Load check =
          new Load(
              server.port(), CONNECTIONS, checks, b -> b.startsWith("{\"locked\":false,"), true);
      Load resource =
          new Load(server.port(), CONNECTIONS, () -> empty, b -> b.startsWith("{"), false);
      TrackedUsers users = TrackedUsers.enrolled(server, company, database, accountsNow);
      Load track =
          new Load(server.port(), CONNECTIONS, users.logins(), TrackedUsers::isRight, false);
      for (int i = 0; i < 4; i++) {
        check.run(WARM_UP.dividedBy(8));
        track.run(WARM_UP.dividedBy(8));
        resource.run(WARM_UP.dividedBy(12));
      }

      List<Load.Result> a = new ArrayList<>();
      List<Load.Result> b = new ArrayList<>();
      List<Load.Result> d = new ArrayList<>();
      List<PgBench.Result> c = new ArrayList<>();
      PgBench pgbench =
          database.isEmpty()
              ? null
              : new PgBench(database, company.id(), application.id(), ACCOUNTS);
      for (int i = 0; i < RUNS; i++) {
        Instant start = Instant.now();
        Load.Result run = check.run(RUN);
        requireRecords(database, application, run, start);
        a.add(run);
        b.add(resource.run(RUN));
        d.add(track.run(RUN));
        if (pgbench != null) {
          c.add(pgbench.run(CONNECTIONS, RUN));
        }
      }
      report(name, server, a, b, c, d);
    }
  }

  private void report(
      String name,
      RunningServer server,
      List<Load.Result> a,
      List<Load.Result> b,
      List<PgBench.Result> c,
      List<Load.Result> d)
      throws IOException {
    out.printf("%n%s%n", name);
    out.printf(
        "%-34s %10s %8s %8s %8s %7s%n", "", "per second", "p50 ms", "p99 ms", "max ms", "errors");
    line("(a) check, recorded", a);
    line("(b) empty JSON resource", b);
    line("(d) track, recorded", d);
    double checks = median(a, Load.Result::perSecond);
    if (!c.isEmpty()) {
      double statements = median(c, PgBench.Result::perSecond);
      out.printf(
          "%-34s %10.0f %8.2f  (average)%n",
          "(c) pgbench, read and insert", statements, median(c, PgBench.Result::averageMillis));
      out.printf("(a)/(c) = %.2f%n", checks / statements);
    }
    out.printf("(a)/(b) = %.2f%n", checks / median(b, Load.Result::perSecond));
    out.printf("(d)/(a) = %.2f%n", median(d, Load.Result::perSecond) / checks);
    out.printf("RSS = %d MiB%n", residentMebibytes(server));
    int wrong = a.stream().mapToInt(Load.Result::wrong).sum();
    wrong += d.stream().mapToInt(Load.Result::wrong).sum();
    wrong += b.stream().mapToInt(Load.Result::wrong).sum();
    if (wrong > 0) {
      throw new AssertionError(wrong + " answers were wrong");
    }
  }

  private void line(String what, List<Load.Result> runs) {
    out.printf(
        "%-34s %10.0f %8.2f %8.2f %8.1f %7d   runs: %s%n",
        what,
        median(runs, Load.Result::perSecond),
        median(runs, r -> r.percentileMillis(0.50)),
        median(runs, r -> r.percentileMillis(0.99)),
        runs.stream().mapToDouble(r -> r.percentileMillis(1)).max().orElse(0),
        runs.stream().mapToInt(Load.Result::wrong).sum(),
        Arrays.toString(runs.stream().mapToLong(r -> Math.round(r.perSecond())).toArray()));
  }

  private static <T> double median(List<T> runs, ToDoubleFunction<T> figure) {
    double[] figures = runs.stream().mapToDouble(figure).sorted().toArray();
    return figures[figures.length / 2];
  }

  /** Every answered check of the run has its record. */
  private void requireRecords(
      Map<String, String> database, TestApplication application, Load.Result run, Instant start)
      throws SQLException {
    if (database.isEmpty()) {
      requireCounted(application, run);
      return;
    }
    Set<UUID> recorded = new HashSet<>();
    try (Connection connection = Postgres.connect(database);
        PreparedStatement select =
            connection.prepareStatement(
                "select id from protection_checks where application_id = ? and checked_at >= ?")) {
      connection.setAutoCommit(false);
      select.setFetchSize(10_000);
      select.setObject(1, UUID.fromString(application.id()));
      select.setObject(2, OffsetDateTime.ofInstant(start.minusSeconds(1), ZoneOffset.UTC));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          recorded.add(row.getObject(1, UUID.class));
        }
      }
    }
    for (String body : run.bodies()) {
      int at = body.indexOf("\"sessionID\":\"") + 13;
      if (!recorded.contains(Ids.ofLetters(body.substring(at, at + 32)))) {
        throw new AssertionError("No record of an answered check: " + body);
      }
    }
  }

  /** The embedded file is the server's alone: its own counts are asked, for some accounts. */
  private void requireCounted(TestApplication application, Load.Result run) {
    HttpCalls administrator = application.company().administrator();
    long counted =
        administrator
            .get("/api/v1/applications/" + application.id() + "/accounts?pageSize=200")
            .expect(200)
            .json()
            .getJsonArray("items")
            .stream()
            .mapToLong(item -> item.asJsonObject().getInt("userAccountAllowedCount"))
            .sum();
    if (counted < run.bodies().size()) {
      throw new AssertionError(counted + " records of " + run.bodies().size() + " answered checks");
    }
  }

  private int accounts(Map<String, String> database) {
    return database.isEmpty() ? 200 : ACCOUNTS;
  }

  private int accountsNow = ACCOUNTS;

  private void addAccounts(TestApplication application, Map<String, String> database) {
    accountsNow = accounts(database);
    if (database.isEmpty()) {
      for (int i = 1; i <= accountsNow; i++) {
        application.account("user-" + i);
      }
      return;
    }
    new TestDatabase(database).addAccounts(application, "user-", accountsNow);
  }

  private Supplier<byte[]> checks(TestApplication application) throws GeneralSecurityException {
    String body =
        "{\"userIP\":\"192.0.2.17\",\"userDevice\":\"Mozilla/5.0 (X11; Linux x86_64)\","
            + "\"userLocation\":\"Berlin\",\"integrationType\":\"auth0\","
            + "\"integrationData\":{\"ip\":\"192.0.2.17\"}}";
    DomainToken.Signer signer = DomainToken.signer(application);
    return () -> {
      long expiry = System.currentTimeMillis() / 1000 + 300;
      String claims =
          "{\"iss\":\""
              + application.url()
              + "\",\"aud\":\"localhost\",\"sub\":\"user-"
              + (1 + random.nextInt(accountsNow))
              + "\",\"exp\":"
              + expiry
              + ",\"jti\":\""
              + new UUID(random.nextLong(), random.nextLong())
              + "\"}";
      return ("POST /v1/AccountProtectionCheck HTTP/1.1\r\nHost: localhost\r\n"
              + "Content-Type: application/json\r\nAccept: application/json\r\n"
              + "x-nl3-authorization-token: "
              + signer.sign(claims)
              + "\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n"
              + body)
          .getBytes(UTF_8);
    };
  }

  private static long residentMebibytes(RunningServer server) throws IOException {
    Path status = Path.of("/proc/" + server.process().pid() + "/status");
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst()
        .orElse(0);
  }

  private static String processor() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    return Files.exists(info)
        ? Files.readAllLines(info).stream()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.replaceFirst(".*: *", ""))
            .findFirst()
            .orElse("unknown processor")
        : "unknown processor";
  }
}
