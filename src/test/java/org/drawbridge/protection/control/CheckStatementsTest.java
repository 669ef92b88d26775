package org.drawbridge.protection.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.kernel.MigratedDatabase;
import org.drawbridge.kernel.WriterConnection;
import org.drawbridge.testing.QueryPlan;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The statement that reads for checks")
class CheckStatementsTest {

  @Test
  @DisplayName("finds everything by a whole key, even while PostgreSQL knows nothing of the tables")
  void plan() throws Exception {
    WriterConnection<CheckStatements> writer =
        new WriterConnection<>(MigratedDatabase.onPostgres(), CheckStatements::new);
    try {
      assertThat(QueryPlan.indexes(writer.connection(), CheckStatements.FIND))
          .containsEntry("applications", "applications_by_id")
          .containsEntry("accounts", "accounts_by_name")
          .containsEntry("users", "users_by_id")
          .containsEntry("protection_checks", "protection_checks_by_retry_key")
          .hasSize(4);
    } finally {
      writer.disconnect();
    }
  }
}
