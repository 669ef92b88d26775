package org.drawbridge.testing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.drawbridge.kernel.SqlValues;

/**
 * The PostgreSQL database under a server, for long tests that need more rows than calls can make in
 * time, and look at what calls do not tell.
 *
 * @param settings that lead a server to it
 */
public record TestDatabase(Map<String, String> settings) {

  /**
   * SQL for an id as the server makes them (UUID version 7): random ones would have the database
   * write all over its indexes, which it does not under a server.
   */
  public static final String NEW_ID =
      "cast(lpad(to_hex(cast(extract(epoch from clock_timestamp()) * 1000 as bigint)), 12, '0')"
          + " || '7' || right(replace(cast(gen_random_uuid() as text), '-', ''), 19) as uuid)";

  /** How many wait for the connection's own transaction. */
  private static final String WAITING =
      "select count(*) from pg_locks"
          + " where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))";

  private static final Duration BETWEEN = Duration.ofMillis(200);

  public void execute(String sql, Object... parameters) {
    try (Connection connection = Postgres.connect(settings);
        PreparedStatement statement = SqlValues.prepared(connection, sql, parameters)) {
      statement.execute();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first column of the only row. */
  public long count(String sql) {
    try (Connection connection = Postgres.connect(settings);
        PreparedStatement select = connection.prepareStatement(sql)) {
      return count(select);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Whether the first column of the only row came to be that in time. One connection asks, a few
   * times a second: to connect each time would take a good part of a processor from what is being
   * measured.
   */
  public boolean comesTo(long expected, String sql, Duration most) {
    try (Connection connection = Postgres.connect(settings);
        PreparedStatement select = connection.prepareStatement(sql)) {
      return Await.until(most, BETWEEN, () -> count(select) == expected);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long count(PreparedStatement select) {
    try (ResultSet row = select.executeQuery()) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Answers what a call does that meets a transaction of somebody else: one that has done the first
   * statement when the call begins, and does the others, and ends, once the call waits for it or is
   * over.
   */
  public <T> T during(Supplier<T> call, String first, String... others) {
    ExecutorService caller = Executors.newSingleThreadExecutor();
    try (Connection connection = Postgres.connect(settings);
        Statement statement = connection.createStatement();
        PreparedStatement waiting = connection.prepareStatement(WAITING)) {
      connection.setAutoCommit(false);
      statement.execute(first);
      Future<T> answer = caller.submit(call::get);
      if (!Await.until(
          Duration.ofSeconds(30), BETWEEN, () -> answer.isDone() || count(waiting) > 0)) {
        throw new AssertionError("The call neither waits nor ends");
      }
      for (String other : others) {
        statement.execute(other);
      }
      connection.commit();
      return answer.get();
    } catch (SQLException | ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      caller.shutdownNow();
    }
  }

  /** Unlocked accounts, named by the prefix and a number from 1 on. */
  public void addAccounts(TestApplication application, String prefix, int number) {
    execute(
        "insert into accounts (company_id, id, application_id, user_account_id, enabled,"
            + " auto_relock_allowed, locked, unlocked_at, user_token_generation, created_at,"
            + " version) select ?, "
            + NEW_ID
            + ", ?, ? || n, true, true, false, now(), 0, now(), 0 from generate_series(1, "
            + number
            + ") n",
        UUID.fromString(application.company().id()),
        UUID.fromString(application.id()),
        prefix);
    execute("vacuum analyze accounts");
  }

  /** A group, by key, of the application's accounts with the prefix. */
  public void addGroup(TestApplication application, String key, String prefix) {
    TestCompany company = application.company();
    String id =
        company
            .administrator()
            .post(
                "/api/v1/companies/" + company.id() + "/groups",
                "{\"groupKey\":\"%s\",\"groupName\":\"%s\"}".formatted(key, key))
            .expect(201)
            .json()
            .getString("id");
    execute(
        "insert into account_group_members select company_id, ?, id from accounts"
            + " where company_id = ? and application_id = ? and user_account_id like ? || '%'",
        UUID.fromString(id),
        UUID.fromString(company.id()),
        UUID.fromString(application.id()),
        prefix);
    execute("vacuum analyze account_group_members");
  }
}
