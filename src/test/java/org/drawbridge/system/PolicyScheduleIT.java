package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.drawbridge.testing.Await;
import org.drawbridge.testing.HttpCalls;
import org.drawbridge.testing.Problems;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.drawbridge.testing.TestPolicies;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A scheduled policy")
class PolicyScheduleIT {

  private final TestCompany company = TestCompany.create();
  private final TestApplication application = company.application();
  private final TestPolicies policies = TestPolicies.of(company);
  private final HttpCalls administrator = company.administrator();

  @Test
  @DisplayName("acts within a second of its time, once, and plans the next")
  void realTime() {
    String ana = application.account("ana");
    Instant due = Instant.now().plusSeconds(2).truncatedTo(ChronoUnit.MILLIS);
    String policy = scheduled("LOCK", "DAILY", due, "");
    policies.addMember(policy, "ana");
    assertThat(policies.isLocked(ana)).isFalse();
    assertThat(Await.until(Duration.ofSeconds(30), () -> policies.isLocked(ana))).isTrue();
    List<JsonObject> changes = application.lockChanges(ana);
    assertThat(changes).hasSize(2);
    Instant locked = Instant.parse(changes.get(0).getString("changedDate"));
    assertThat(locked).isBetween(due, due.plusSeconds(5));
    assertThat(policies.explanation(ana).getJsonObject("nextChange").getString("at"))
        .isEqualTo(due.plus(1, ChronoUnit.DAYS).toString());
  }

  @Test
  @DisplayName("lets go at its end, by itself")
  void endsByItself() {
    String ana = application.account("ana");
    Instant end = Instant.now().plusSeconds(3);
    String policy =
        policies.create(
            "\"policyType\":\"ALERT\",\"alertAction\":\"LOCK\",\"endDate\":\"" + end + "\"");
    policies.addMember(policy, "ana");
    policies.execute(policy);
    assertThat(policies.isLocked(ana)).isTrue();
    JsonObject next = policies.explanation(ana).getJsonObject("nextChange");
    assertThat(next.getString("event")).startsWith("the end of the policy");
    assertThat(next.getBoolean("locked")).isFalse();
    assertThat(Await.until(Duration.ofSeconds(30), () -> !policies.isLocked(ana))).isTrue();
    assertThat(Instant.parse(application.lockChanges(ana).get(0).getString("changedDate")))
        .isAfterOrEqualTo(end);
  }

  @Test
  @DisplayName("of MULTI_APPROVAL begins to act at its active date")
  void beginsByItself() {
    String ana = application.account("ana");
    Instant begin = Instant.now().plusSeconds(2);
    String policy =
        policies.create(
            "\"policyType\":\"MULTI_APPROVAL\",\"multiApprovalAction\":\"LOCK\",\"activeDate\":\""
                + begin
                + "\"");
    policies.addMember(policy, "ana");
    assertThat(Await.until(Duration.ofSeconds(30), () -> policies.isLocked(ana))).isTrue();
    assertThat(Instant.parse(application.lockChanges(ana).get(0).getString("changedDate")))
        .isAfterOrEqualTo(begin);
  }

  @Test
  @DisplayName("of MULTI_APPROVAL with UNLOCK unlocks at its active date, once")
  void unlocksByItself() {
    String ana = application.account("ana");
    application.lock(ana);
    String policy =
        policies.create(
            "\"policyType\":\"MULTI_APPROVAL\",\"multiApprovalAction\":\"UNLOCK\",\"activeDate\":\""
                + Instant.now().plusSeconds(2)
                + "\"");
    policies.addMember(policy, "ana");
    assertThat(policies.isLocked(ana)).isTrue();
    assertThat(Await.until(Duration.ofSeconds(30), () -> !policies.isLocked(ana))).isTrue();
    application.lock(ana);
    policies.patch(policy, "\"policyName\":\"Other\"").expect(200);
    assertThat(policies.isLocked(ana)).isTrue();
    policies.patch(policy, "\"activeDate\":\"" + nextMonth() + "\"").expect(200);
    policies.patch(policy, "\"activeDate\":null").expect(200);
    assertThat(policies.isLocked(ana)).as("its beginning has come again").isFalse();
  }

  @Test
  @DisplayName("lets go where its active date is moved ahead, and begins again then")
  void putOff() {
    String ana = application.account("ana");
    String ben = application.account("ben");
    String policy =
        policies.create("\"policyType\":\"MULTI_APPROVAL\",\"multiApprovalAction\":\"LOCK\"");
    policies.addMember(policy, "ana");
    assertThat(policies.isLocked(ana)).isTrue();
    Instant begin = nextMonth();
    policies
        .patch(policy, "\"activeDate\":\"" + begin + "\",\"membersToAdd\":[\"ben\"]")
        .expect(200);
    assertThat(policies.isLocked(ana)).isFalse();
    assertThat(application.lockChanges(ana).get(0).getString("cause")).isEqualTo("POLICY_RELEASED");
    assertThat(application.lockChanges(ben)).hasSize(1);
    JsonObject next = policies.explanation(ana).getJsonObject("nextChange");
    assertThat(next.getString("at")).isEqualTo(begin.toString());
    assertThat(next.getBoolean("locked")).isTrue();
    application.lock(ana);
    application.unlock(ana);
    Instant soon = Instant.now().plusSeconds(2);
    policies.patch(policy, "\"activeDate\":\"" + soon + "\"").expect(200);
    assertThat(Await.until(Duration.ofSeconds(30), () -> policies.isLocked(ana))).isTrue();
    assertThat(policies.isLocked(ben)).isTrue();
  }

  @Test
  @DisplayName("of ALERT that is put off lets go, and is not executed before its active date")
  void alertPutOff() {
    String ana = application.account("ana");
    String policy = policies.alert("LOCK");
    policies.addMember(policy, "ana");
    policies.execute(policy);
    policies.patch(policy, "\"activeDate\":\"" + nextMonth() + "\"").expect(200);
    assertThat(policies.isLocked(ana)).isFalse();
    assertThat(policies.explanation(ana).isNull("nextChange")).isTrue();
    Problems.expect(
        policies.calls().post(TestPolicies.PATH + "/" + policy + "/execute"),
        409,
        "policy-not-active");
    application.account("ben");
    policies.addMember(policy, "ben");
    assertThat(application.isLocked("ben")).isFalse();
  }

  @Test
  @DisplayName("that names a time gone by does not act for it")
  void past() {
    String ana = application.account("ana");
    String policy = scheduled("LOCK", "ONCE", Instant.now().minusSeconds(5), "");
    policies.addMember(policy, "ana");
    assertThat(preview(policy, "")).isEmpty();
    assertThat(policies.isLocked(ana)).isFalse();
    assertThat(policies.explanation(ana).isNull("nextChange")).isTrue();
  }

  @Test
  @DisplayName("is previewed with the local time, and why one is shifted")
  void previewed() {
    String policy =
        scheduled(
            "LOCK",
            "DAILY",
            Instant.parse("2030-03-08T07:30:00Z"),
            ",\"timeZone\":\"America/New_York\",\"endDate\":\"2030-03-12T00:00:00Z\"");
    JsonArray occurrences = preview(policy, "?from=2030-03-09T00:00:00Z&count=5");
    assertThat(occurrences)
        .extracting(o -> o.asJsonObject().getString("at"))
        .containsExactly("2030-03-09T07:30:00Z", "2030-03-10T07:00:00Z", "2030-03-11T06:30:00Z");
    JsonObject shifted = occurrences.getJsonObject(1);
    assertThat(shifted.getString("localTime")).isEqualTo("2030-03-10T03:00-04:00");
    assertThat(shifted.getString("scheduledTime")).isEqualTo("2030-03-10T02:30");
    assertThat(shifted.getString("shift")).isEqualTo("DST_GAP");
    assertThat(shifted.getString("reason")).isNotEmpty();
    assertThat(occurrences.getJsonObject(0).isNull("shift")).isTrue();
    assertThat(preview(policy, "?from=2030-03-09T00:00:00Z&count=1")).hasSize(1);
    assertThat(preview(policies.alert("LOCK"), "")).isEmpty();
  }

  @ParameterizedTest
  @DisplayName("is not previewed by parameters that are wrong")
  @ValueSource(
      strings = {
        "count=0",
        "count=1001",
        "count=x",
        "from=now",
        "from=",
        "from=%2B99999-01-01T00:00:00Z"
      })
  void badPreview(String query) {
    String policy = policies.alert("LOCK");
    Problems.expect(
        administrator.get("/api/v1/policies/" + policy + "/preview?" + query),
        400,
        "malformed-request");
  }

  private String scheduled(String action, String frequency, Instant at, String more) {
    return policies.create(
        "\"policyType\":\"SCHEDULED\",\"scheduledAction\":\"%s\",\"frequencyOfAction\":\"%s\",\"scheduleDateTime\":\"%s\"%s"
            .formatted(action, frequency, at, more));
  }

  private static Instant nextMonth() {
    return Instant.now().plus(30, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MILLIS);
  }

  private JsonArray preview(String policy, String query) {
    return administrator
        .get("/api/v1/policies/" + policy + "/preview" + query)
        .expect(200)
        .json()
        .getJsonArray("occurrences");
  }
}
