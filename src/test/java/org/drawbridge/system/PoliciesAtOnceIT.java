package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.drawbridge.testing.Await;
import org.drawbridge.testing.HttpCalls;
import org.drawbridge.testing.SharedServer;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.drawbridge.testing.TestDatabase;
import org.drawbridge.testing.TestPolicies;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Policies that are due at once")
class PoliciesAtOnceIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final TestCompany company = TestCompany.create();
  private final TestApplication application = company.application();
  private final TestPolicies policies = TestPolicies.of(company);

  @Test
  @DisplayName("each act on their own accounts and groups, and let go of them")
  void each() {
    String ana = application.account("ana");
    String ben = application.account("ben");
    String eva = application.account("eva");
    company.group("night", eva);
    Instant evening = soon();
    String first = daily("first", "LOCK", evening, "\"membersToAdd\":[\"ana\"]");
    String second = daily("second", "LOCK", evening, "\"membersToAdd\":[\"ben\"]");
    String third = daily("third", "LOCK", evening, "\"groupMembersToAdd\":[\"night\"]");
    String idle = daily("idle", "LOCK", evening, "\"membersToAdd\":[]");
    assertThat(lockedSoon(ana, ben, eva)).isTrue();
    assertHeldBy(ana, "first");
    assertHeldBy(ben, "second");
    assertHeldBy(eva, "third");
    assertInActivity(ana, first);
    assertInActivity(eva, third);

    Instant morning = soon();
    for (String policy : List.of(first, second, third, idle)) {
      policies.patch(policy, terms("UNLOCK", morning)).expect(200);
    }
    assertThat(Await.until(PATIENCE, () -> !lockedAll(ana) && !lockedAll(ben) && !lockedAll(eva)))
        .isTrue();
    for (String account : List.of(ana, ben, eva)) {
      assertThat(policies.explanation(account).getJsonArray("policies")).isEmpty();
      assertThat(application.lockChanges(account)).hasSize(3);
    }
  }

  @Test
  @DisplayName("all hold an account that several of them are for")
  void sharedAccount() {
    String ana = application.account("ana");
    String ben = application.account("ben");
    Instant evening = soon();
    daily("first", "LOCK", evening, "\"membersToAdd\":[\"ana\"]");
    daily("second", "LOCK", evening, "\"membersToAdd\":[\"ana\",\"ben\"]");
    daily("third", "LOCK", evening, "\"membersToAdd\":[\"ana\"]");
    assertThat(lockedSoon(ben)).isTrue();
    assertThat(Await.until(PATIENCE, () -> holds(ana).size() == 3)).isTrue();
    assertThat(application.lockChanges(ana)).as("added, and locked by the first").hasSize(2);
    assertHeldBy(ben, "second");
  }

  @Test
  @DisplayName("act on more accounts than go at once, and on few beside them")
  void many() {
    TestDatabase database = SharedServer.database();
    int number = 2_500;
    String ana = application.account("ana");
    String ben = application.account("ben");
    database.addAccounts(application, "night-", number);
    database.addGroup(application, "night", "night-");
    Instant evening = soon();
    daily("first", "LOCK", evening, "\"membersToAdd\":[\"ana\"]");
    String second = daily("second", "LOCK", evening, "\"groupMembersToAdd\":[\"night\"]");
    daily("third", "LOCK", evening, "\"membersToAdd\":[\"ben\"]");
    String finished =
        "select count(*) from policy_executions where finished_at is not null and company_id = '%s'"
            .formatted(company.id());
    assertThat(database.comesTo(3, finished, PATIENCE)).isTrue();
    assertHeldBy(ana, "first");
    assertHeldBy(ben, "third");
    assertThat(
            database.count(
                "select count(*) from lock_changes where reason = 'policy second'"
                    + " and company_id = '%s'".formatted(company.id())))
        .isEqualTo(number);
    assertThat(
            database.count(
                "select changed_accounts from policy_executions where company_id = '%s'"
                        .formatted(UUID.fromString(company.id()))
                    + " and policy_id = '%s'".formatted(UUID.fromString(second))))
        .isEqualTo(number);
  }

  @Test
  @DisplayName("act although one of them cannot, which acts as soon as it can")
  void failing() {
    TestDatabase database = SharedServer.database();
    String ana = application.account("ana");
    String ben = application.account("ben");
    String eva = application.account("eva");
    Instant evening = soon();
    daily("first", "LOCK", evening, "\"membersToAdd\":[\"ana\"]");
    String second = daily("second", "LOCK", evening, "\"membersToAdd\":[\"ben\"]");
    daily("third", "LOCK", evening, "\"membersToAdd\":[\"eva\"]");
    refuse(database, "before insert on policy_holds", "policy_id", UUID.fromString(second));
    try {
      assertThat(lockedSoon(ana, eva)).isTrue();
      assertThat(policies.isLocked(ben)).isFalse();
    } finally {
      database.execute("drop function refuse() cascade");
    }
    assertThat(lockedSoon(ben)).isTrue();
    assertHeldBy(ben, "second");
  }

  @Test
  @DisplayName("do not wait for another company's, of which one was called thousands of times")
  void storm() {
    TestDatabase database = SharedServer.database();
    TestPolicies others = TestPolicies.of(TestCompany.create());
    UUID stormy = UUID.fromString(others.company().id());
    others.alert("LOCK");
    String ana = application.account("ana");
    refuse(database, "before update on policy_executions", "company_id", stormy);
    try {
      database.execute(
          "insert into policy_executions (company_id, id, policy_id, occurrence, effect, actor,"
              + " due_at, started_at, changed_accounts) select company_id, "
              + TestDatabase.NEW_ID
              + ", id, 'request:' || n, 'LOCK', 'test', now() - interval '1 hour', now(), 0"
              + " from policies, generate_series(1, 2100) n where company_id = ?",
          stormy);
      daily("evening", "LOCK", soon(), "\"membersToAdd\":[\"ana\"]");
      assertThat(lockedSoon(ana)).isTrue();
    } finally {
      database.execute("delete from policy_executions where company_id = ?", stormy);
      database.execute("drop function refuse() cascade");
    }
  }

  @Test
  @DisplayName("and called for again before they have begun act once for all these calls")
  void calledAgain() {
    TestDatabase database = SharedServer.database();
    String ana = application.account("ana");
    String alert = policies.alert("LOCK");
    policies.addMember(alert, "ana");
    refuse(database, "before insert on policy_holds", "policy_id", UUID.fromString(alert));
    try {
      String execution = policies.execute(alert);
      assertThat(policies.execute(alert)).isEqualTo(execution);
      HttpCalls keyed = policies.calls().with("Idempotency-Key", "incident 4711");
      String own = keyed.post(TestPolicies.PATH + "/" + alert + "/execute").expect(200).text();
      assertThat(own).as("found again by its key").doesNotContain(execution);
      policies.patch(alert, "\"alertAction\":\"UNLOCK\"").expect(200);
      assertThat(policies.execute(alert)).as("does something else").isNotEqualTo(execution);
      policies.patch(alert, "\"alertAction\":\"LOCK\"").expect(200);
      assertThat(policies.execute(alert)).as("comes after that").isNotEqualTo(execution);
      assertThat(policies.isLocked(ana)).isFalse();
    } finally {
      database.execute("drop function refuse() cascade");
    }
    assertThat(lockedSoon(ana)).isTrue();
  }

  /** Has the database refuse what a node would write for one policy or company. */
  private static void refuse(TestDatabase database, String what, String column, UUID id) {
    database.execute(
        "create function refuse() returns trigger language plpgsql"
            + " as 'begin raise exception ''refused by a test''; end'");
    database.execute(
        "create trigger refused %s for each row when (new.%s = '%s') execute function refuse()"
            .formatted(what, column, id));
  }

  /** Late enough for some policies to be written before, also by a server that has just started. */
  private static Instant soon() {
    return Instant.now().plusSeconds(5);
  }

  private String daily(String name, String action, Instant at, String members) {
    String id =
        policies
            .calls()
            .post(
                TestPolicies.PATH,
                "{\"policyName\":\"%s\",\"policyType\":\"SCHEDULED\",%s}"
                    .formatted(name, terms(action, at)))
            .expect(201)
            .json()
            .getString("id");
    policies.patch(id, members).expect(200);
    return id;
  }

  private static String terms(String action, Instant at) {
    return "\"scheduledAction\":\"%s\",\"frequencyOfAction\":\"DAILY\",\"scheduleDateTime\":\"%s\""
        .formatted(action, at);
  }

  private boolean lockedSoon(String... accounts) {
    return Await.until(PATIENCE, () -> lockedAll(accounts));
  }

  private boolean lockedAll(String... accounts) {
    return Stream.of(accounts).allMatch(policies::isLocked);
  }

  /** By that policy alone, which the history names. */
  private void assertHeldBy(String account, String policyName) {
    assertThat(holds(account))
        .extracting(hold -> hold.getString("policyName"))
        .containsExactly(policyName);
    assertThat(application.lockChanges(account).get(0).getString("reason"))
        .isEqualTo("policy " + policyName);
  }

  private void assertInActivity(String account, String policy) {
    JsonObject entry =
        company.activity("?type=account-locked").stream()
            .filter(e -> account.equals(e.getString("subjectId")))
            .findFirst()
            .orElseThrow();
    assertThat(entry.getJsonObject("details").toString())
        .isEqualTo("{\"cause\":\"POLICY\",\"policy\":\"" + policy + "\"}");
  }

  private List<JsonObject> holds(String account) {
    return policies.explanation(account).getJsonArray("policies").getValuesAs(JsonObject.class);
  }
}
