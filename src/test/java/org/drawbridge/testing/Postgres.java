package org.drawbridge.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL, from its binaries on Maven Central, on a free loopback port. */
public final class Postgres {

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private static final String PASSWORD = "a password of the tests";

  private static Postgres shared;

  private final EmbeddedPostgres postgres;

  private Postgres(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  /** The one of this JVM, started at the first use, ended with the JVM. */
  public static synchronized Postgres shared() {
    if (shared == null) {
      try {
        shared = new Postgres(EmbeddedPostgres.builder().start());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return shared;
  }

  /** One that keeps what it acknowledged, whatever happens to the machine; for measuring. */
  public static Postgres durable() {
    try {
      EmbeddedPostgres durable =
          EmbeddedPostgres.builder()
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .setServerConfig("shared_buffers", "512MB")
              .setServerConfig("max_wal_size", "4GB")
              .setServerConfig("min_wal_size", "2GB")
              .setServerConfig("backend_flush_after", "1MB")
              .start();
      return new Postgres(durable);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Makes an empty database, as {@code server-config/postgresql/drawbridge.sql} has it; answers the
   * settings that lead a server to it.
   */
  public Map<String, String> newDatabase() {
    String name = "drawbridge_" + DATABASES.incrementAndGet();
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      String script = Files.readString(Path.of("server-config/postgresql/drawbridge.sql"));
      for (String command : script.replaceAll("(?m)^--.*", "").split(";")) {
        if (!command.isBlank()) {
          statement.execute(command.replaceAll("\\bdrawbridge\\b", name));
        }
      }
      statement.execute("alter role " + name + " password '" + PASSWORD + "'");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return Map.of(
        "DRAWBRIDGE_DB_URL", postgres.getJdbcUrl("postgres", name).replaceAll("\\?.*", ""),
        "DRAWBRIDGE_DB_USER", name,
        "DRAWBRIDGE_DB_PASSWORD", PASSWORD);
  }

  /**
   * Fills as many files of the write-ahead log as {@code min_wal_size} of {@link #durable} keeps,
   * and makes them ready to be written again, as they are in a server that has run for a while. A
   * new server makes each file while commits wait.
   */
  public void checkpoint() {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      for (int file = 0; file < 128; file++) {
        // A file in which nothing was written is not ended.
        statement.execute("select pg_logical_emit_message(false, '', ''), pg_switch_wal()");
      }
      statement.execute("checkpoint");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Connects to what {@link #newDatabase} answered. */
  public static Connection connect(Map<String, String> settings) throws SQLException {
    return DriverManager.getConnection(
        settings.get("DRAWBRIDGE_DB_URL"),
        settings.get("DRAWBRIDGE_DB_USER"),
        settings.get("DRAWBRIDGE_DB_PASSWORD"));
  }

  public int port() {
    return postgres.getPort();
  }
}
