package org.drawbridge.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.drawbridge.testing.Postgres;
import org.drawbridge.testing.QueryPlan;
import org.drawbridge.testing.TestDatabase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Statistics of small tables")
class FreshStatisticsTest {

  /** As a check looks for its earlier self. */
  private static final String EARLIER =
      """
      select i.n, p.id
      from unnest(cast(? as uuid array), cast(? as uuid array), cast(? as uuid array))
           with ordinality as i (company_id, application_id, retry_key, n)
      left join protection_checks p
        on p.company_id = i.company_id and p.application_id = i.application_id
       and p.retry_key = i.retry_key
      """;

  private static final UUID COMPANY = UUID.randomUUID();
  private static final UUID APPLICATION = UUID.randomUUID();

  @Test
  @DisplayName("lead a check to the right index from the first hundred checks on")
  void firstChecks() throws Exception {
    Database database = new Database(MapConfig.settings(Postgres.shared().newDatabase()));
    Migration.run(database, TestVault.any());
    WriterConnection<WriterConnection.Statements> writer =
        new WriterConnection<>(database, (connection, sharedWithOthers) -> () -> {});
    try (Connection observed = database.getConnection()) {
      Connection connection = writer.connection();
      withoutAutovacuum(observed);
      addChecks(observed, 126);
      for (int checks = 128; checks < 20_000; checks *= 2) {
        addChecks(observed, checks);
        FreshStatistics.refresh(observed);
        assertThat(QueryPlan.indexes(connection, EARLIER))
            .as("after %d more", checks)
            .containsEntry("protection_checks", "protection_checks_by_retry_key");
      }
    } finally {
      writer.disconnect();
    }
  }

  private static void withoutAutovacuum(Connection connection) throws SQLException {
    try (Statement alter = connection.createStatement()) {
      alter.execute("alter table protection_checks set (autovacuum_enabled = off)");
    }
  }

  /** One after the other: what is written in one go fills its indexes differently. */
  private static void addChecks(Connection connection, int number) throws SQLException {
    try (PreparedStatement insert =
            connection.prepareStatement(
                "insert into protection_checks (company_id, id, application_id, account_id,"
                    + " user_account_id, retry_key, status, locked, ended_unlock, checked_at)"
                    + " values (cast(? as uuid), "
                    + TestDatabase.NEW_ID
                    + ", cast(? as uuid), gen_random_uuid(), 'ana', gen_random_uuid(), 'UNLOCKED',"
                    + " false, false, now())");
        Statement counted = connection.createStatement()) {
      for (int i = 0; i < number; i++) {
        insert.setObject(1, COMPANY);
        insert.setObject(2, APPLICATION);
        insert.executeUpdate();
      }
      counted.execute("select pg_stat_force_next_flush()");
    }
  }
}
