package org.drawbridge.kernel;

import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Has PostgreSQL count the rows of tables that are new or small, each time they have doubled.
 * Autovacuum looks once a minute; until then, every index that begins with the company may look as
 * good as the right one, and on a server's first day a check would read all checks before it.
 * Tables beyond {@value #SMALL} rows are left to autovacuum, and H2 counts by itself.
 */
@Singleton
@DependsOn("Migration")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class FreshStatistics {

  private static final int SMALL = 100_000;

  private static final String DOUBLED =
      """
      select quote_ident(s.relname)
      from pg_stat_user_tables s join pg_class c on c.oid = s.relid
      where s.schemaname = current_schema() and c.reltuples < %d
        and s.n_mod_since_analyze > 50 + greatest(c.reltuples, 0)
      """
          .formatted(SMALL);

  @Resource(lookup = Database.JNDI_NAME)
  DataSource database;

  @Inject TimedWork work;

  @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
  void look() {
    work.alone(
        () -> {
          try (Connection connection = database.getConnection()) {
            refresh(connection);
          }
        });
  }

  /** A table that somebody else has locked, or counts just now, is left for the next time. */
  static void refresh(Connection connection) throws SQLException {
    if (!connection.getMetaData().getURL().startsWith("jdbc:postgresql:")) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (ResultSet row = statement.executeQuery(DOUBLED)) {
        while (row.next()) {
          tables.add(row.getString(1));
        }
      }
      for (String table : tables) {
        statement.execute("analyze (skip_locked) " + table);
      }
    }
  }
}
