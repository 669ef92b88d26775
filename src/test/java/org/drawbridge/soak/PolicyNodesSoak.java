package org.drawbridge.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.drawbridge.testing.AlteredWar;
import org.drawbridge.testing.Await;
import org.drawbridge.testing.Postgres;
import org.drawbridge.testing.RunningServer;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.drawbridge.testing.TestDatabase;
import org.drawbridge.testing.TestPolicies;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Policies on nodes that are killed at random")
class PolicyNodesSoak {

  private static final int OCCURRENCES = 200;
  private static final int CONTROL_OCCURRENCES = 50;
  private static final int ACCOUNTS = Integer.getInteger("soak.accounts", 1_000_000);

  private final TestDatabase database = new TestDatabase(Postgres.shared().newDatabase());
  private final Random random = new Random(20261122);
  private final String masterKey = key();

  @TempDir Path folder;

  @Test
  @DisplayName("act on each of 200 occurrences exactly once")
  void exactlyOnce() {
    RunningServer[] nodes = {start(0), start(1)};
    try {
      TestCompany company =
          TestCompany.create(nodes[0].calls().bearer(RunningServer.BOOTSTRAP_TOKEN));
      Instant first = Instant.now().plusSeconds(60);
      Instant last = schedule(company, first, OCCURRENCES);
      Await.until(Duration.ofMinutes(2), () -> Instant.now().isAfter(first));
      int kills = 0;
      while (Instant.now().isBefore(last)) {
        int victim = random.nextInt(nodes.length);
        Await.pass(Duration.ofMillis(random.nextInt(4_000)));
        nodes[victim].kill();
        nodes[victim] = start(victim);
        kills++;
      }
      assertThat(kills).isPositive();
      awaitExecutions(OCCURRENCES);
      assertThat(executions("*")).isEqualTo(OCCURRENCES);
      assertThat(database.count("select count(*) from lock_changes where cause = 'POLICY'"))
          .isEqualTo(OCCURRENCES);
      assertThat(
              database.count(
                  "select count(distinct account_id) from lock_changes where cause = 'POLICY'"))
          .isEqualTo(OCCURRENCES);
      assertThat(database.count("select count(*) from activities where type = 'account-locked'"))
          .isEqualTo(OCCURRENCES);
    } finally {
      nodes[0].close();
      nodes[1].close();
    }
  }

  /** The control run: what the test above sees is not there by luck. */
  @Test
  @DisplayName("act more than once on an occurrence where nothing claims it")
  void withoutClaims(@TempDir Path altered) {
    Path war =
        AlteredWar.in(altered)
            .replace(
                "org.drawbridge.policy.control.Policies",
                "for update skip locked",
                "                      ")
            .replace(
                "org.drawbridge.policy.entity.Policy",
                "jakarta/persistence/Version",
                "jakarta/persistence/Unknown")
            .path();
    RunningServer[] nodes = {start(0, war), start(1, war)};
    try {
      database.execute(
          "alter table policy_executions drop constraint policy_executions_by_occurrence");
      TestCompany company =
          TestCompany.create(nodes[0].calls().bearer(RunningServer.BOOTSTRAP_TOKEN));
      schedule(company, Instant.now().plusSeconds(30), CONTROL_OCCURRENCES);
      awaitExecutions(CONTROL_OCCURRENCES);
      assertThat(executions("*")).isGreaterThan(CONTROL_OCCURRENCES);
    } finally {
      nodes[0].close();
      nodes[1].close();
    }
  }

  /** Each for a policy and an account of its own; answers when the last is over. */
  private static Instant schedule(TestCompany company, Instant first, int occurrences) {
    TestApplication application = company.application();
    TestPolicies policies = TestPolicies.of(company);
    for (int i = 0; i < occurrences; i++) {
      String account = application.account("user-" + i);
      String policy =
          policies.create(
              "\"policyType\":\"SCHEDULED\",\"scheduledAction\":\"LOCK\",\"frequencyOfAction\":\"ONCE\",\"scheduleDateTime\":\"%s\""
                  .formatted(dueAt(first, i)));
      policies.addMember(policy, account);
    }
    assertThat(Instant.now()).as("all are recorded before the first is due").isBefore(first);
    return dueAt(first, occurrences);
  }

  /** Ten at a time, so that nodes that claim nothing would do the same work side by side. */
  private static Instant dueAt(Instant first, int occurrence) {
    return first.plusSeconds(occurrence / 10 * 6L);
  }

  private void awaitExecutions(int policies) {
    assertThat(
            Await.until(
                Duration.ofMinutes(2),
                () -> executions("distinct policy_id") == policies && unfinished() == 0))
        .isTrue();
  }

  private long executions(String counted) {
    return database.count(
        "select count(%s) from policy_executions where occurrence like 'schedule:%%'"
            .formatted(counted));
  }

  private long unfinished() {
    return database.count("select count(*) from policy_executions where finished_at is null");
  }

  @Test
  @DisplayName("go on behind what was done of a million accounts, and change each of them once")
  void resumed() {
    RunningServer node = start(0);
    try {
      TestCompany company = TestCompany.create(node.calls().bearer(RunningServer.BOOTSTRAP_TOKEN));
      TestApplication application = company.application();
      TestPolicies policies = TestPolicies.of(company);
      database.addAccounts(application, "user-", ACCOUNTS);
      database.addGroup(application, "all", "user-");
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
      assertThat(unfinished()).isZero();
      assertThat(
              database.count(
                  "select count(distinct account_id) from lock_changes where cause = 'POLICY'"))
          .isEqualTo(ACCOUNTS);
      assertThat(database.count("select count(*) from accounts where policy_effect = 'LOCK'"))
          .isEqualTo(ACCOUNTS);
      assertThat(database.count("select count(*) from activities where type = 'account-locked'"))
          .isEqualTo(ACCOUNTS);
      assertThat(
              database.count(
                  "select changed_accounts from policy_executions where effect = 'LOCK'"))
          .isEqualTo(ACCOUNTS);
    } finally {
      node.close();
    }
  }

  private long changes() {
    return database.count("select count(*) from lock_changes where cause = 'POLICY'");
  }

  private RunningServer start(int node) {
    return start(node, RunningServer.WAR);
  }

  private RunningServer start(int node, Path war) {
    Map<String, String> settings = new HashMap<>(database.settings());
    settings.put("DRAWBRIDGE_MASTER_KEY", masterKey);
    settings.put("DRAWBRIDGE_DATA_DIR", folder.resolve("node-" + node).toString());
    return RunningServer.start(settings, war);
  }

  private static String key() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }
}
