package org.drawbridge.testing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;

/** An account's row on PostgreSQL in the hands of a transaction, as policies hold it. */
public final class HeldAccount implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String HOLD = "select id from accounts where id = ? for no key update";
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final Connection connection;

  public HeldAccount(TestDatabase database, String account) {
    try {
      connection = Postgres.connect(database.settings());
      connection.setAutoCommit(false);
      hold(HOLD, account);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether somebody came to wait for a row. */
  public boolean isWaitedFor() {
    return Await.until(PATIENCE, this::hasWaiting);
  }

  /** Takes that account, too, unless somebody else has it. */
  public boolean canTake(String account) {
    try {
      hold(HOLD + " nowait", account);
      return true;
    } catch (SQLException e) {
      if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        return false;
      }
      throw new IllegalStateException(e);
    }
  }

  private void hold(String sql, String account) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setObject(1, UUID.fromString(account));
      select.execute();
    }
  }

  private boolean hasWaiting() {
    try (PreparedStatement select =
            connection.prepareStatement(
                "select count(*) from pg_stat_activity where datname = current_database()"
                    + " and pg_backend_pid() = any(pg_blocking_pids(pid))");
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getLong(1) > 0;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try (connection) {
      connection.rollback();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
