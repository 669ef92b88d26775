package org.drawbridge.kernel;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The connection of a {@link GroupCommit}'s writer, outside the server's pool, opened when it is
 * needed. Prepared statements live with it. For one thread.
 *
 * @param <S> the statements
 */
public final class WriterConnection<S extends WriterConnection.Statements> {

  private static final Logger LOG = Logger.getLogger(WriterConnection.class.getName());

  private static final int MIN_BATCHES_PER_PLAN = 16;
  private static final int MAX_BATCHES_PER_PLAN = 4096;

  private static final int NETWORK_TIMEOUT_MILLIS = 5_000;

  private final Database database;
  private final Preparation<S> preparation;
  private @Nullable Connection connection;
  private @Nullable S statements;
  private int batches;
  private int batchesPerPlan = MIN_BATCHES_PER_PLAN;

  /** Statements that are prepared on a connection. */
  public interface Statements extends AutoCloseable {

    @Override
    void close() throws SQLException;
  }

  /**
   * Prepares statements.
   *
   * @param <S> the statements
   */
  @FunctionalInterface
  public interface Preparation<S> {

    /**
     * @param sharedWithOthers whether other processes write to the database, too
     */
    S prepare(Connection connection, boolean sharedWithOthers) throws SQLException;
  }

  public WriterConnection(Database database, Preparation<S> preparation) {
    this.database = database;
    this.preparation = preparation;
  }

  /**
   * For the next batch. They are prepared anew now and then: PostgreSQL plans them once, and a plan
   * made while a table was empty may read by an index that is useless when it has grown.
   */
  public S statements() throws SQLException {
    if (statements != null && ++batches >= batchesPerPlan) {
      batchesPerPlan = Math.min(batchesPerPlan * 2, MAX_BATCHES_PER_PLAN);
      batches = 0;
      statements.close();
      statements = null;
    }
    if (statements == null) {
      statements = preparation.prepare(connection(), !database.isEmbedded());
    }
    return statements;
  }

  public Connection connection() throws SQLException {
    if (connection == null) {
      connection = database.getConnection();
      if (!database.isEmbedded()) {
        connection.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT_MILLIS);
        alwaysUseIndexes(connection);
      }
    }
    return connection;
  }

  /**
   * Each look-up is by a whole key, so a nested loop over indexes is always right; a plan made
   * while the tables were small would read them whole for a long time.
   */
  private static void alwaysUseIndexes(Connection connection) throws SQLException {
    try (Statement set = connection.createStatement()) {
      set.execute("set enable_hashjoin = off");
      set.execute("set enable_mergejoin = off");
      set.execute("set enable_seqscan = off");
      set.execute("set enable_bitmapscan = off");
      set.execute("set jit = off");
      set.execute("set plan_cache_mode = force_generic_plan");
    }
  }

  public void disconnect() {
    Connection old = connection;
    connection = null;
    statements = null;
    if (old != null) {
      try {
        old.close();
      } catch (SQLException e) {
        LOG.log(Level.FINE, "A broken connection did not close", e);
      }
    }
  }
}
