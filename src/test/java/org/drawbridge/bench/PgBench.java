package org.drawbridge.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.drawbridge.testing.TestDatabase;

/**
 * PostgreSQL by itself: {@code pgbench} with one statement that reads the account and inserts the
 * same record as a check, into the same table with the same indexes.
 */
final class PgBench {

  private static final String STATEMENT =
      """
      \\set n random(1, %d)
      insert into protection_checks (company_id, id, application_id, account_id, user_account_id,
        retry_key, status, locked, ended_unlock, checked_at, user_ip, user_device, user_location,
        integration_type, integration_data)
      select a.company_id, %s, a.application_id, a.id, a.user_account_id,
        gen_random_uuid(), case when a.locked then 'LOCKED' else 'UNLOCKED' end, a.locked, false,
        now(), '192.0.2.17', 'Mozilla/5.0 (X11; Linux x86_64)', 'Berlin', 'auth0',
        '{"ip":"192.0.2.17"}'
      from accounts a
      join applications ap on ap.company_id = a.company_id and ap.id = a.application_id
      left join users u on u.company_id = a.company_id and u.id = a.user_id
      where a.company_id = '%s' and a.application_id = '%s' and a.user_account_id = 'user-' || :n;
      """;

  private final Path program;
  private final Path script;
  private final int port;
  private final String database;
  private final Map<String, String> environment;

  PgBench(Map<String, String> settings, String companyId, String applicationId, int accounts)
      throws IOException {
    program = find();
    Matcher url =
        Pattern.compile("jdbc:postgresql://localhost:([0-9]+)/([a-z0-9_]+)")
            .matcher(settings.get("DRAWBRIDGE_DB_URL"));
    if (!url.find()) {
      throw new IllegalArgumentException("Not the benchmark's own PostgreSQL");
    }
    port = Integer.parseInt(url.group(1));
    database = url.group(2);
    environment =
        Map.of(
            "PGUSER", settings.get("DRAWBRIDGE_DB_USER"),
            "PGPASSWORD", settings.get("DRAWBRIDGE_DB_PASSWORD"));
    script = Files.createTempFile("drawbridge-pgbench", ".sql");
    // A statement stands on one line: pgbench would send line by line otherwise.
    String[] lines =
        STATEMENT.formatted(accounts, TestDatabase.NEW_ID, companyId, applicationId).split("\n", 2);
    Files.writeString(script, lines[0] + "\n" + lines[1].replace('\n', ' ') + "\n");
  }

  /** Statements per second, and their average latency. */
  record Result(double perSecond, double averageMillis) {}

  Result run(int clients, Duration duration) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            program.toString(),
            "-n",
            "-M",
            "prepared",
            "-h",
            "localhost",
            "-p",
            Integer.toString(port),
            "-c",
            Integer.toString(clients),
            "-j",
            "1",
            "-T",
            Long.toString(duration.toSeconds()),
            "-f",
            script.toString(),
            database);
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("pgbench failed: " + output);
    }
    return new Result(
        number(output, "tps = ([0-9.]+)"), number(output, "latency average = ([0-9.]+)"));
  }

  private static double number(String output, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(output);
    if (!matcher.find()) {
      throw new IllegalStateException("pgbench said: " + output);
    }
    return Double.parseDouble(matcher.group(1));
  }

  private static Path find() throws IOException {
    Stream<Path> onPath =
        Stream.of(System.getenv("PATH").split(":")).map(Path::of).map(p -> p.resolve("pgbench"));
    Path debian = Path.of("/usr/lib/postgresql");
    List<Path> versions;
    if (Files.isDirectory(debian)) {
      try (Stream<Path> listed = Files.list(debian)) {
        versions = listed.map(v -> v.resolve("bin/pgbench")).toList();
      }
    } else {
      versions = List.of();
    }
    return Stream.concat(onPath, versions.stream())
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "The benchmark needs pgbench: install the Debian package postgresql"));
  }
}
