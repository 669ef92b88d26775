package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.drawbridge.testing.Await;
import org.drawbridge.testing.HttpCalls;
import org.drawbridge.testing.HttpCalls.Answer;
import org.drawbridge.testing.Problems;
import org.drawbridge.testing.SharedServer;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.drawbridge.testing.TestDatabase;
import org.drawbridge.testing.TestPolicies;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The simulation of a policy")
class PolicySimulationIT {

  private static final String PATH = "/api/v1/policies/simulate";

  private final TestCompany company = TestCompany.create();
  private final TestApplication application = company.application();
  private final TestPolicies policies = TestPolicies.of(company);
  private final HttpCalls calls = company.administrator();

  @Test
  @DisplayName("tells what the same policy does live over the same time, and changes nothing")
  void likeLive() {
    String ana = application.account("ana");
    String ben = application.account("ben");
    String locked = application.account("locked");
    application.lock(locked);
    Instant from = Instant.now();
    // Ben's policy acts; ana is looked at as if it had been for her too.
    Instant due = Instant.now().plusSeconds(2).truncatedTo(ChronoUnit.MILLIS);
    String schedule =
        "\"policyType\":\"SCHEDULED\",\"scheduledAction\":\"LOCK\",\"frequencyOfAction\":\"ONCE\",\"scheduleDateTime\":\""
            + due
            + "\"";
    String live = policies.create(schedule);
    policies.addMember(live, "ben");
    checkBoth();
    checkBoth();
    assertThat(Await.until(Duration.ofSeconds(30), () -> policies.isLocked(ben))).isTrue();
    assertThat(application.isLocked("locked")).isTrue();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Answer bens = application.check("ben");
      assertThat(bens.json().getBoolean("locked")).isTrue();
      expected.add(application.check("ana").json().getString("sessionID"));
    }
    String body =
        "{\"companyId\":\"%s\",\"policy\":{\"policyName\":\"x\",%s},\"members\":[\"ana\",\"locked\"],\"from\":\"%s\",\"to\":\"%s\"}"
            .formatted(company.id(), schedule, from, Instant.now().plusSeconds(1));
    JsonObject simulated = calls.post(PATH, body).expect(200).json();
    assertThat(simulated.getJsonArray("occurrences"))
        .extracting(o -> o.asJsonObject().getString("at"))
        .containsExactly(due.toString());
    assertThat(simulated.getInt("stoppedChecks")).isEqualTo(3);
    assertThat(simulated.getJsonArray("checks"))
        .extracting(c -> c.asJsonObject().getString("sessionID"))
        .containsExactlyElementsOf(expected);
    assertThat(simulated.getInt("lockedAccounts")).isEqualTo(1);
    JsonObject account = simulated.getJsonArray("accounts").getJsonObject(0);
    assertThat(account.getString("accountId")).isEqualTo(ana);
    assertThat(account.getString("userAccountId")).isEqualTo("ana");
    assertThat(account.getString("lockedAt")).isEqualTo(due.toString());
    assertThat(policies.isLocked(ana)).isFalse();
    assertThat(policies.calls().get(TestPolicies.PATH).expect(200).jsonArray()).hasSize(1);
    // The policy that acted tells the same of itself: what it has stopped is no longer there.
    JsonObject again =
        calls
            .post(
                PATH,
                "{\"policyId\":\"%s\",\"from\":\"%s\",\"to\":\"%s\"}"
                    .formatted(live, from, Instant.now().plusSeconds(1)))
            .expect(200)
            .json();
    assertThat(again.getInt("stoppedChecks")).isZero();
    assertThat(again.getInt("lockedAccounts")).isEqualTo(1);
  }

  @Test
  @DisplayName("heeds an unlock that overrides ALLOW_UNLOCK, and not one that LOCK forbids")
  void overrides() {
    String ana = application.account("ana");
    Instant from = Instant.now();
    application.check("ana").expect(200);
    application.unlock(ana);
    application.check("ana").expect(200);
    Instant to = Instant.now().plusSeconds(1);
    for (String action : List.of("ALLOW_UNLOCK", "LOCK")) {
      JsonObject simulated =
          calls
              .post(
                  PATH,
                  "{\"companyId\":\"%s\",\"policy\":{\"policyName\":\"x\",\"policyType\":\"ALERT\",\"alertAction\":\"%s\"},\"members\":[\"ana\"],\"from\":\"%s\",\"to\":\"%s\"}"
                      .formatted(company.id(), action, from, to))
              .expect(200)
              .json();
      assertThat(simulated.getInt("stoppedChecks")).isEqualTo(action.equals("LOCK") ? 2 : 1);
    }
  }

  @ParameterizedTest
  @DisplayName("is refused where it says something wrong")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "\"from\":\"2026-01-01T00:00:00Z\"; 400; /to",
        "\"from\":\"2026-01-02T00:00:00Z\",\"to\":\"2026-01-01T00:00:00Z\"; 422; /to",
        "\"from\":\"2026-01-02T00:00:00Z\",\"to\":\"2026-07-01T00:00:00Z\"; 422; /to",
        "\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-01-02T00:00:00Z\"; 400; ``",
        "\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-01-02T00:00:00Z\",\"policy\":{\"policyName\":\"x\",\"policyType\":\"ALERT\",\"alertAction\":\"LOCK\"}; 400; /companyId",
        "\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-01-02T00:00:00Z\",\"policy\":{\"policyName\":\"x\"}; 400; /policy/policyType"
      })
  void refused(String members, int status, String pointer) {
    Answer answer = calls.post(PATH, "{" + members + "}").expect(status);
    assertThat(answer.wrongMembers()).containsExactly(pointer == null ? "" : pointer);
  }

  @ParameterizedTest
  @DisplayName("is refused where the policy is none, by what is wrong in the policy")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "\"frequencyOfAction\":\"DAILY\",\"cronSchedule\":\"0 9 * * *\",\"timeZone\":\"Mars\"; 400; /policy/timeZone",
        "\"frequencyOfAction\":\"DAILY\",\"cronSchedule\":\"0 10 * * *\"; 400; /policy/cronSchedule",
        "\"frequencyOfAction\":\"DAILY\",\"activeDate\":\"2030-01-01T00:00:00Z\",\"endDate\":\"2029-01-01T00:00:00Z\"; 422; /policy/endDate"
      })
  void refusedPolicy(String members, int status, String pointer) {
    Answer answer =
        calls.post(
            PATH,
            "{\"companyId\":\"%s\",\"policy\":{\"policyName\":\"x\",\"policyType\":\"SCHEDULED\",\"scheduledAction\":\"LOCK\",\"scheduleDateTime\":\"2030-01-01T09:00:00Z\",%s},\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-01-02T00:00:00Z\"}"
                .formatted(company.id(), members));
    assertThat(answer.expect(status).wrongMembers()).containsExactly(pointer);
  }

  @Test
  @DisplayName("does not reach another company's policies and accounts")
  void foreign() {
    String policy = policies.alert("LOCK");
    HttpCalls others = TestCompany.create().ownAdministrator();
    String period = ",\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-01-02T00:00:00Z\"}";
    Problems.expect(
        others.post(PATH, "{\"policyId\":\"" + policy + "\"" + period), 404, "not-found");
    Problems.expect(
        others.post(
            PATH,
            "{\"companyId\":\""
                + company.id()
                + "\",\"policy\":{\"policyName\":\"x\",\"policyType\":\"ALERT\",\"alertAction\":\"LOCK\"}"
                + period),
        404,
        "not-found");
    Problems.expect(others.get("/api/v1/policies/" + policy + "/preview"), 404, "not-found");
    assertThat(calls.anonymous().post(PATH, "{}").status()).isEqualTo(401);
  }

  private void checkBoth() {
    assertThat(application.isLocked("ana")).isFalse();
    assertThat(application.isLocked("ben")).isFalse();
  }

  @Test
  @DisplayName("is refused where the policy would act too often to be told")
  void tooOften() {
    Instant from = Instant.now().minus(30, ChronoUnit.DAYS);
    String minutely =
        "{\"companyId\":\"%s\",\"policy\":{\"policyName\":\"x\",\"policyType\":\"SCHEDULED\",\"scheduledAction\":\"LOCK\",\"cronSchedule\":\"* * * * *\"},\"members\":[],\"from\":\"%s\",\"to\":\"%s\"}";
    Instant days = from.plus(6, ChronoUnit.DAYS);
    calls.post(PATH, minutely.formatted(company.id(), from, days)).expect(200);
    Problems.expect(
        calls.post(PATH, minutely.formatted(company.id(), from, from.plus(8, ChronoUnit.DAYS))),
        422,
        "simulation-too-large");
  }

  @Test
  @DisplayName("is refused where the accounts have more history than can be looked at")
  void tooMuchHistory() {
    TestDatabase database = SharedServer.database();
    String ana = application.account("ana");
    database.execute(
        "insert into lock_changes (company_id, id, account_id, locked, cause, actor, changed_at)"
            + " select ?, gen_random_uuid(), ?, n % 2 = 0, 'ADMINISTRATOR', 'test', now()"
            + " from generate_series(1, 250001) n",
        UUID.fromString(company.id()), UUID.fromString(ana));
    String body =
        "{\"companyId\":\"%s\",\"policy\":{\"policyName\":\"x\",\"policyType\":\"ALERT\",\"alertAction\":\"LOCK\"},\"members\":[\"ana\"],\"from\":\"%s\",\"to\":\"%s\"}"
            .formatted(company.id(), Instant.now().minusSeconds(60), Instant.now().plusSeconds(5));
    Problems.expect(calls.post(PATH, body), 422, "simulation-too-large");
  }
}
