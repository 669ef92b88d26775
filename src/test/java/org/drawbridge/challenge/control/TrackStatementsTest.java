package org.drawbridge.challenge.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.kernel.MigratedDatabase;
import org.drawbridge.kernel.WriterConnection;
import org.drawbridge.testing.QueryPlan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The statements that read for tracked actions")
class TrackStatementsTest {

  private WriterConnection<TrackStatements> writer;

  @BeforeEach
  void connect() throws Exception {
    writer = new WriterConnection<>(MigratedDatabase.onPostgres(), TrackStatements::new);
  }

  @AfterEach
  void disconnect() {
    writer.disconnect();
  }

  @Test
  @DisplayName("find users by a whole key, even while PostgreSQL knows nothing of the tables")
  void users() throws Exception {
    assertThat(QueryPlan.indexes(writer.connection(), TrackStatements.FIND_USERS))
        .containsEntry("challenge_users", "challenge_users_by_name")
        .containsEntry("challenge_actions", "challenge_actions_pkey")
        .containsEntry("challenge_devices", "challenge_devices_pkey")
        .containsEntry("credential_records", "credential_records_by_user")
        .containsEntry("authenticators", "authenticators_by_method");
  }

  @Test
  @DisplayName("find accounts by a whole key, even while PostgreSQL knows nothing of the tables")
  void accounts() throws Exception {
    assertThat(QueryPlan.indexes(writer.connection(), TrackStatements.FIND_ACCOUNTS))
        .containsEntry("accounts", "accounts_by_name")
        .containsEntry("users", "users_by_id")
        .containsEntry("credential_records", "credential_records_by_user")
        .containsEntry("account_group_members", "account_group_members_by_account");
  }
}
