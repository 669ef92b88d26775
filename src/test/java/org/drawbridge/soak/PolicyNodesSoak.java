package org.drawbridge.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.drawbridge.testing.Await;
import org.drawbridge.testing.Postgres;
import org.drawbridge.testing.RunningServer;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.drawbridge.testing.TestPolicies;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Policies on nodes that are killed at random")
class PolicyNodesSoak {

  private static final int OCCURRENCES = 200;
  private static final int ACCOUNTS = Integer.getInteger("soak.accounts", 1_000_000);

  private final Map<String, String> database = Postgres.shared().newDatabase();
  private final Random random = new Random(20261122);
  private final String masterKey = key();

  @TempDir Path folder;

  @Test
  @DisplayName("act on each of 200 occurrences exactly once")
  void exactlyOnce() throws SQLException {
    RunningServer[] nodes = {start(0), start(1)};
    try {
      TestCompany company =
          TestCompany.create(nodes[0].calls().bearer(RunningServer.BOOTSTRAP_TOKEN));
      TestApplication application = company.application();
      TestPolicies policies = TestPolicies.of(company);
      Instant first = Instant.now().plusSeconds(60);
      for (int i = 0; i < OCCURRENCES; i++) {
        String account = application.account("user-" + i);
        String policy =
            policies.create(
                "\"policyType\":\"SCHEDULED\",\"scheduledAction\":\"LOCK\",\"frequencyOfAction\":\"ONCE\",\"scheduleDateTime\":\"%s\""
                    .formatted(first.plusMillis(i * 600L)));
        policies.addMember(policy, account);
      }
      Instant last = first.plusMillis(OCCURRENCES * 600L);
      assertThat(Instant.now()).as("all are put down before the first is due").isBefore(first);
      Await.until(Duration.ofMinutes(2), () -> Instant.now().isAfter(first));
      int kills = 0;
      while (Instant.now().isBefore(last)) {
        int victim = random.nextInt(nodes.length);
        Await.until(Duration.ofMillis(random.nextInt(4_000)), () -> false);
        nodes[victim].kill();
        nodes[victim] = start(victim);
        kills++;
      }
      assertThat(kills).isPositive();
      String unfinished = "select count(*) from policy_executions where finished_at is null";
      String executed = "select count(*) from policy_executions where occurrence like 'schedule:%'";
      assertThat(
              Await.until(
                  Duration.ofMinutes(2),
                  () -> count(executed) >= OCCURRENCES && count(unfinished) == 0))
          .isTrue();
      assertThat(count(executed)).isEqualTo(OCCURRENCES);
      assertThat(count("select count(*) from lock_changes where cause = 'POLICY'"))
          .isEqualTo(OCCURRENCES);
      assertThat(
              count("select count(distinct account_id) from lock_changes where cause = 'POLICY'"))
          .isEqualTo(OCCURRENCES);
      assertThat(count("select count(*) from activities where type = 'account-locked'"))
          .isEqualTo(OCCURRENCES);
    } finally {
      nodes[0].close();
      nodes[1].close();
    }
  }

  @Test
  @DisplayName("go on behind what was done of a million accounts, and change each of them once")
  void resumed() throws SQLException {
    RunningServer node = start(0);
    try {
      TestCompany company = TestCompany.create(node.calls().bearer(RunningServer.BOOTSTRAP_TOKEN));
      TestApplication application = company.application();
      TestPolicies policies = TestPolicies.of(company);
      String group =
          company
              .administrator()
              .post(
                  "/api/v1/companies/" + company.id() + "/groups",
                  "{\"groupKey\":\"all\",\"groupName\":\"All\"}")
              .expect(201)
              .json()
              .getString("id");
      addAccounts(company, application, group);
      String policy = policies.alert("LOCK");
      policies.patch(policy, "\"groupMembersToAdd\":[\"all\"]").expect(200);
      policies.execute(policy);
      for (int kill = 1; kill <= 3; kill++) {
        long some = (long) ACCOUNTS / 4 * kill;
        assertThat(Await.until(Duration.ofMinutes(5), () -> changes() > some)).isTrue();
        node.kill();
        assertThat(changes()).isLessThan(ACCOUNTS);
        node = start(0);
      }
      assertThat(Await.until(Duration.ofMinutes(10), () -> changes() == ACCOUNTS)).isTrue();
      assertThat(count("select count(*) from policy_executions where finished_at is null"))
          .isZero();
      assertThat(
              count("select count(distinct account_id) from lock_changes where cause = 'POLICY'"))
          .isEqualTo(ACCOUNTS);
      assertThat(count("select count(*) from accounts where policy_effect = 'LOCK'"))
          .isEqualTo(ACCOUNTS);
      assertThat(count("select count(*) from activities where type = 'account-locked'"))
          .isEqualTo(ACCOUNTS);
      assertThat(count("select changed_accounts from policy_executions where effect = 'LOCK'"))
          .isEqualTo(ACCOUNTS);
    } finally {
      node.close();
    }
  }

  private long changes() {
    return count("select count(*) from lock_changes where cause = 'POLICY'");
  }

  private RunningServer start(int node) {
    Map<String, String> settings = new HashMap<>(database);
    settings.put("DRAWBRIDGE_MASTER_KEY", masterKey);
    settings.put("DRAWBRIDGE_DATA_DIR", folder.resolve("node-" + node).toString());
    return RunningServer.start(settings);
  }

  private static String key() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }

  private void addAccounts(TestCompany company, TestApplication application, String group)
      throws SQLException {
    try (Connection connection = Postgres.connect(database)) {
      execute(
          connection,
          "insert into accounts (company_id, id, application_id, user_account_id, enabled,"
              + " auto_relock_allowed, locked, unlocked_at, user_token_generation, created_at,"
              + " version) select ?, gen_random_uuid(), ?, 'user-' || n, true, true, false, now(), 0,"
              + " now(), 0 from generate_series(1, "
              + ACCOUNTS
              + ") n",
          UUID.fromString(company.id()),
          UUID.fromString(application.id()));
      execute(
          connection,
          "insert into account_group_members select company_id, ?, id from accounts",
          UUID.fromString(group));
      execute(connection, "analyze");
    }
  }

  private static void execute(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      statement.execute();
    }
  }

  private long count(String sql) {
    try (Connection connection = Postgres.connect(database);
        PreparedStatement select = connection.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
