package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.drawbridge.testing.AlteredWar;
import org.drawbridge.testing.Await;
import org.drawbridge.testing.ClockInFile;
import org.drawbridge.testing.RunningServer;
import org.drawbridge.testing.SharedServer;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.drawbridge.testing.TestPolicies;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One year of a server whose clock is moved by hand. Another policy acts every minute: once it has,
 * everything that was due at that minute is recorded.
 */
@DisplayName("On a clock that is moved by hand, a scheduled policy")
class PolicyClockIT {

  private static final String NEW_YORK = ",\"timeZone\":\"America/New_York\"";

  @TempDir Path folder;

  private TestPolicies policies;
  private String everyMinute;

  @Test
  @DisplayName("acts at the end of a gap, once in an overlap, and on the last day of short months")
  void year() {
    assumeFalse(SharedServer.isOnPostgres(), "the database makes no difference");
    ClockInFile.set(clock(), Instant.parse("2026-02-01T00:00:00Z"));
    Path war = AlteredWar.in(folder).add(ClockInFile.class).path();
    Map<String, String> settings =
        Map.of("DRAWBRIDGE_DB_URL", "", ClockInFile.VARIABLE, clock().toString());
    try (RunningServer server = RunningServer.start(settings, war)) {
      TestCompany company =
          TestCompany.create(server.calls().bearer(RunningServer.BOOTSTRAP_TOKEN));
      TestApplication application = company.application();
      policies = TestPolicies.of(company);
      everyMinute =
          policies.create(
              "\"policyType\":\"SCHEDULED\",\"scheduledAction\":\"UNLOCK\",\"cronSchedule\":\"* * * * *\"");
      String ana = application.account("ana");
      String monthly = scheduled("MONTHLY", "2026-01-31T12:00:00Z", "");
      String skipped = scheduled("DAILY", "2026-03-02T07:30:00Z", NEW_YORK);
      String repeated = scheduled("DAILY", "2026-03-02T06:30:00Z", NEW_YORK);
      policies.addMember(skipped, "ana");

      at("2026-02-28T11:59:00Z");
      at("2026-02-28T12:00:00Z");

      at("2026-03-08T06:59:00Z");
      assertThat(Await.until(Duration.ofSeconds(30), () -> policies.isLocked(ana))).isTrue();
      assertThat(lockedAt(ana)).isEqualTo("2026-03-08T06:59:00Z");
      at("2026-03-08T07:00:00Z");
      assertThat(policies.explanation(ana).getJsonObject("nextChange").getString("at"))
          .isEqualTo("2026-03-09T06:30:00Z");
      at("2026-03-08T07:30:00Z");
      assertThat(acted(skipped))
          .as("02:30 is skipped: it comes at 03:00")
          .containsExactly("2026-03-08T06:59:00Z", "2026-03-08T07:00:00Z");

      at("2026-03-31T11:59:00Z");
      at("2026-03-31T12:00:00Z");
      at("2026-04-30T12:00:00Z");
      assertThat(acted(monthly))
          .containsExactly("2026-02-28T12:00:00Z", "2026-03-31T12:00:00Z", "2026-04-30T12:00:00Z");

      at("2026-11-01T05:29:00Z");
      at("2026-11-01T05:30:00Z");
      at("2026-11-01T06:30:00Z");
      at("2026-11-01T07:30:00Z");
      assertThat(acted(repeated).stream().filter(time -> time.startsWith("2026-11-01")))
          .as("01:30 comes twice: once is enough. Before, what was missed")
          .containsExactly("2026-11-01T05:29:00Z", "2026-11-01T05:30:00Z");
      assertThat(acted(skipped).stream().filter(time -> time.startsWith("2026-11-01")))
          .containsExactly("2026-11-01T05:29:00Z", "2026-11-01T07:30:00Z");
    }
  }

  private Path clock() {
    return folder.resolve("clock");
  }

  private String scheduled(String frequency, String anchor, String more) {
    return policies.create(
        "\"policyType\":\"SCHEDULED\",\"scheduledAction\":\"LOCK\",\"frequencyOfAction\":\"%s\",\"scheduleDateTime\":\"%s\"%s"
            .formatted(frequency, anchor, more));
  }

  /** Moves the clock there, and waits until the server has done what was due. */
  private void at(String time) {
    ClockInFile.set(clock(), Instant.parse(time));
    assertThat(Await.until(Duration.ofSeconds(30), () -> acted(everyMinute).contains(time)))
        .isTrue();
  }

  /** The times at which the policy has acted, as the activity log tells them. */
  private List<String> acted(String policy) {
    return policies
        .company()
        .administrator()
        .get(
            "/api/v1/companies/"
                + policies.company().id()
                + "/activity?type=policy-executed&pageSize=200")
        .expect(200)
        .json()
        .getJsonArray("items")
        .getValuesAs(JsonObject.class)
        .stream()
        .filter(entry -> entry.getString("subjectId").equals(policy))
        .map(entry -> entry.getString("occurredDate"))
        .sorted()
        .toList();
  }

  private Instant lockedAt(String account) {
    JsonObject newest =
        policies
            .company()
            .administrator()
            .get("/api/v1/accounts/" + account + "/lock-changes")
            .expect(200)
            .json()
            .getJsonArray("items")
            .getJsonObject(0);
    assertThat(newest.getBoolean("locked")).isTrue();
    return Instant.parse(newest.getString("changedDate"));
  }
}
