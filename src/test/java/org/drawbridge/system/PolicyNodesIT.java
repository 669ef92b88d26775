package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.drawbridge.testing.Await;
import org.drawbridge.testing.RunningServer;
import org.drawbridge.testing.SharedServer;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.drawbridge.testing.TestDatabase;
import org.drawbridge.testing.TestPolicies;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Each occurrence of scheduled policies")
class PolicyNodesIT {

  private static final int POLICIES = 40;
  private static final String ONCE =
      "\"policyType\":\"SCHEDULED\",\"scheduledAction\":\"LOCK\",\"frequencyOfAction\":\"ONCE\",\"scheduleDateTime\":\"2100-01-01T00:00:00Z\"";

  private final TestDatabase database = SharedServer.database();
  private final TestCompany company = TestCompany.create();
  private final TestApplication application = company.application();
  private final TestPolicies policies = TestPolicies.of(company);

  @Test
  @DisplayName("is executed once by two nodes, of which one is killed in the middle of them")
  void killed(@TempDir Path folder) throws IOException {
    List<String> accounts = new ArrayList<>();
    for (int i = 0; i < POLICIES; i++) {
      accounts.add(application.account("user-" + i));
      policies.addMember(policies.create(ONCE), "user-" + i);
    }
    try (RunningServer other = RunningServer.start(settings(folder))) {
      // One every 50 ms, so that both nodes have something to do.
      database.execute(
          "update policies p set schedule_date_time = due.at, due_at = due.at from (select id,"
              + " date_trunc('milliseconds', now()) + interval '2 seconds'"
              + " + row_number() over (order by id) * interval '50 milliseconds' as at"
              + " from policies where company_id = ?) due where p.id = due.id",
          id());
      assertThat(Await.until(Duration.ofSeconds(30), () -> executions() >= POLICIES / 2)).isTrue();
      other.kill();
    }
    assertThat(
            Await.until(
                Duration.ofSeconds(30),
                () -> executions() >= POLICIES && executions("finished_at is null") == 0))
        .isTrue();
    assertThat(executions()).isEqualTo(POLICIES);
    assertThat(count("count(distinct policy_id) from policy_executions")).isEqualTo(POLICIES);
    assertThat(executions("changed_accounts = 1")).isEqualTo(POLICIES);
    assertThat(count("count(*) from lock_changes", "cause = 'POLICY'")).isEqualTo(POLICIES);
    assertThat(count("count(*) from activities", "type = 'policy-executed'")).isEqualTo(POLICIES);
    assertThat(accounts).allMatch(policies::isLocked);
  }

  @Test
  @DisplayName("is given up after a downtime for the latest of each policy, in the order of these")
  void downtime() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    // What was due first is not what was due last first.
    String ana = missed("ana", now.minus(1, ChronoUnit.HOURS));
    String ben = missed("ben", now.minus(3, ChronoUnit.HOURS));
    String eva = missed("eva", now.minus(2, ChronoUnit.HOURS));
    database.execute(
        "update policies set due_at = due_at - case policy_key when 'ana' then interval '6 days'"
            + " when 'ben' then interval '2 days' else interval '4 days' end where company_id = ?",
        id());
    assertThat(
            Await.until(Duration.ofSeconds(30), () -> executions("finished_at is not null") == 3))
        .isTrue();
    assertThat(count("count(*) from policies", "due_at > now()")).isEqualTo(3);
    assertThat(executions()).isEqualTo(3);
    for (Instant latest :
        List.of(
            now.minus(1, ChronoUnit.HOURS),
            now.minus(2, ChronoUnit.HOURS),
            now.minus(3, ChronoUnit.HOURS))) {
      assertThat(executions("occurrence = 'schedule:" + latest + "'")).isEqualTo(1);
    }
    assertThat(List.of(lockedAt(ben), lockedAt(eva), lockedAt(ana))).isSorted();
    assertThat(List.of(lockedAt(ben), lockedAt(eva), lockedAt(ana))).doesNotHaveDuplicates();
  }

  /**
   * A daily policy that has been there for long, for an account of its own; answers the account.
   */
  private String missed(String name, Instant latest) {
    String account = application.account(name);
    policies.addMember(
        policies.create(
            "\"policyKey\":\"%s\",\"policyType\":\"SCHEDULED\",\"scheduledAction\":\"LOCK\",\"frequencyOfAction\":\"DAILY\",\"scheduleDateTime\":\"%s\""
                .formatted(name, latest.minus(30, ChronoUnit.DAYS))),
        name);
    return account;
  }

  private Instant lockedAt(String account) {
    List<JsonObject> changes = application.lockChanges(account);
    assertThat(changes).extracting(c -> c.getString("cause")).containsExactly("POLICY", "INITIAL");
    return Instant.parse(changes.get(0).getString("changedDate"));
  }

  /** Those of a second node beside the shared server. */
  private Map<String, String> settings(Path folder) throws IOException {
    Map<String, String> settings = new HashMap<>(database.settings());
    settings.put("DRAWBRIDGE_DATA_DIR", folder.toString());
    Path masterKey = SharedServer.get().dataDir().resolve("master.key");
    if (Files.exists(masterKey)) {
      settings.put("DRAWBRIDGE_MASTER_KEY", Files.readString(masterKey).trim());
    }
    return settings;
  }

  private long executions() {
    return executions("occurrence like 'schedule:%'");
  }

  private long executions(String which) {
    return count("count(*) from policy_executions", which);
  }

  private long count(String counted) {
    return count(counted, "true");
  }

  private long count(String counted, String which) {
    return database.count("select " + counted + " where company_id = '" + id() + "' and " + which);
  }

  private UUID id() {
    return UUID.fromString(company.id());
  }
}
