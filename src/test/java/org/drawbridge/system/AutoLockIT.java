package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.drawbridge.testing.HttpCalls;
import org.drawbridge.testing.SharedServer;
import org.drawbridge.testing.Simultaneously;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An unlock")
class AutoLockIT {

  private static final String CHECK = "/v1/AccountProtectionCheck";

  private final TestCompany company = TestCompany.create();
  private final TestApplication application = company.application();
  private final String user = company.user("");
  private final String account = application.account("ana", ",\"userId\":\"" + user + "\"");

  @Test
  @DisplayName("lasts until somebody locks, where the user prefers nothing else")
  void lasting() {
    for (int i = 0; i < 3; i++) {
      assertThat(check("{\"integrationType\":\"auth0\"}")).isFalse();
    }
    assertThat(explanation().isNull("nextChange")).isTrue();
  }

  @Test
  @DisplayName("ends autoLockMinutes after it was given, by the preference as it is now")
  void minutes() {
    prefer("{\"autoLockMinutes\":5}");
    Instant before = Instant.now();
    application.unlock(account);
    Instant end = nextChange();
    assertThat(end)
        .isBetween(
            before.plus(Duration.ofMinutes(5)).minusSeconds(1),
            Instant.now().plus(Duration.ofMinutes(5)).plusSeconds(1));
    assertThat(application.isLocked("ana")).isFalse();
    assertThat(nextChange()).as("a check does not prolong it").isEqualTo(end);
    prefer("{\"autoLockMinutes\":10}");
    assertThat(nextChange()).isEqualTo(end.plus(Duration.ofMinutes(5)));
    prefer("{\"autoLockMinutes\":0}");
    assertThat(explanation().isNull("nextChange")).isTrue();
  }

  @Test
  @DisplayName("given for some minutes lasts that long, whatever the user prefers")
  void minutesOfOneUnlock() {
    prefer("{\"autoLockMinutes\":5}");
    Instant before = Instant.now();
    company
        .administrator()
        .post("/api/v1/accounts/" + account + "/unlock", "{\"minutes\":60}")
        .expect(200);
    assertThat(nextChange())
        .isBetween(
            before.plus(Duration.ofMinutes(60)).minusSeconds(1),
            Instant.now().plus(Duration.ofMinutes(60)).plusSeconds(1));
  }

  @Test
  @DisplayName(
      "that is over by the owner's minutes is found so by the next check, which records it")
  void minutesOver() {
    prefer("{\"autoLockMinutes\":5}");
    application.unlock(account);
    String unlocked = lockChanges().get(0).getString("changedDate");
    passed(Duration.ofMinutes(4), "unlocked_at");
    assertThat(application.isLocked("ana")).isFalse();
    passed(Duration.ofMinutes(1), "unlocked_at");
    JsonObject blocked = application.check("ana").expect(200).json();
    assertThat(blocked.getBoolean("locked")).isTrue();
    assertThat(blocked.getString("status")).isEqualTo("LOCKED");
    JsonObject change = ended();
    assertThat(change.getBoolean("locked")).isTrue();
    assertThat(change.getString("changedDate")).as("five minutes on").isEqualTo(unlocked);
    assertThat(change.getString("checkID")).isEqualTo(blocked.getString("sessionID"));
    prefer("{\"autoLockMinutes\":0}");
    assertThat(application.isLocked("ana")).as("recorded, and so for good").isTrue();
  }

  @Test
  @DisplayName("given for some minutes is over after those, and not when the owner's are")
  void minutesOfOneUnlockOver() {
    prefer("{\"autoLockMinutes\":5}");
    company
        .administrator()
        .post("/api/v1/accounts/" + account + "/unlock", "{\"minutes\":60}")
        .expect(200);
    passed(Duration.ofMinutes(59), "unlocked_at", "unlock_expiry");
    assertThat(application.isLocked("ana")).isFalse();
    passed(Duration.ofMinutes(1), "unlocked_at", "unlock_expiry");
    JsonObject blocked = application.check("ana").expect(200).json();
    assertThat(blocked.getBoolean("locked")).isTrue();
    assertThat(ended().getString("checkID")).isEqualTo(blocked.getString("sessionID"));
    assertThat(application.isLocked("ana")).isTrue();
  }

  @Test
  @DisplayName("with autoLockOnAttempt lets at most one login through")
  void onAttempt() {
    prefer("{\"autoLockOnAttempt\":true}");
    assertThat(explanation().getJsonObject("nextChange").getString("event"))
        .isEqualTo("the next check");
    JsonObject passed = application.check("ana").expect(200).json();
    assertThat(passed.getBoolean("locked")).isFalse();
    assertThat(application.isLocked("ana")).isTrue();
    assertThat(application.isLocked("ana")).isTrue();
    JsonObject change = lockChanges().get(0);
    assertThat(change.getBoolean("locked")).isTrue();
    assertThat(change.getString("cause")).isEqualTo("AUTO_LOCK_ON_ATTEMPT");
    assertThat(change.getString("checkID")).isEqualTo(passed.getString("sessionID"));
    JsonObject recorded = checks().get(2);
    assertThat(recorded.getString("sessionID")).isEqualTo(passed.getString("sessionID"));
    assertThat(recorded.getBoolean("endedUnlock")).isTrue();
    assertThat(checks().get(0).getBoolean("endedUnlock")).isFalse();
    application.unlock(account);
    assertThat(application.isLocked("ana")).isFalse();
    assertThat(application.isLocked("ana")).isTrue();
  }

  @ParameterizedTest
  @DisplayName("with autoLockOnSuccess ends with a check made after authentication")
  @ValueSource(
      strings = {
        "{\"integrationType\":\"auth0\"}",
        "{\"integrationType\":\"cognito\"}",
        "{\"integrationType\":\"aadb2c\"}",
        "{\"phase\":\"POST_AUTH\"}",
        "{\"integrationType\":\"adfs\",\"phase\":\"POST_AUTH\"}"
      })
  void onSuccess(String body) {
    prefer("{\"autoLockOnSuccess\":true}");
    assertThat(explanation().getJsonObject("nextChange").getString("event"))
        .isEqualTo("the next check after authentication");
    assertThat(check(body)).isFalse();
    assertThat(check(body)).isTrue();
    assertThat(check("{}")).isTrue();
    JsonObject change = lockChanges().get(0);
    assertThat(change.getString("cause")).isEqualTo("AUTO_LOCK_ON_SUCCESS");
    assertThat(change.getString("checkID")).isEqualTo(checks().get(2).getString("sessionID"));
  }

  @ParameterizedTest
  @DisplayName("with autoLockOnSuccess goes on after a check made before authentication")
  @ValueSource(
      strings = {
        "{}",
        "{\"integrationType\":\"adfs\"}",
        "{\"integrationType\":\"awsiamuser\"}",
        "{\"integrationType\":\"other\"}",
        "{\"phase\":\"PRE_AUTH\"}"
      })
  void beforeSuccess(String body) {
    prefer("{\"autoLockOnSuccess\":true}");
    assertThat(check(body)).isFalse();
    assertThat(check(body)).isFalse();
    assertThat(check("{\"integrationType\":\"auth0\"}")).isFalse();
    assertThat(check(body)).isTrue();
  }

  @Test
  @DisplayName("does not end by itself where the account does not allow it")
  void notAllowed() {
    prefer("{\"autoLockMinutes\":5,\"autoLockOnAttempt\":true,\"autoLockOnSuccess\":true}");
    company
        .administrator()
        .patch("/api/v1/accounts/" + account, "{\"autoRelockAllowed\":false}")
        .expect(200);
    assertThat(check("{\"integrationType\":\"auth0\"}")).isFalse();
    assertThat(check("{\"integrationType\":\"auth0\"}")).isFalse();
    assertThat(explanation().isNull("nextChange")).isTrue();
    company
        .administrator()
        .patch("/api/v1/accounts/" + account, "{\"autoRelockAllowed\":true}")
        .expect(200);
    assertThat(check("{}")).isFalse();
    assertThat(check("{}")).isTrue();
  }

  @Test
  @DisplayName("of an account that was added without leave to relock does not end by itself")
  void addedWithoutLeave() {
    prefer("{\"autoLockOnAttempt\":true}");
    application.account("ben", ",\"userId\":\"" + user + "\",\"autoRelockAllowed\":false");
    assertThat(application.isLocked("ben")).isFalse();
    assertThat(application.isLocked("ben")).isFalse();
  }

  @Test
  @DisplayName("of another user's account follows that user's preferences")
  void otherUsers() {
    prefer("{\"autoLockOnAttempt\":true}");
    application.account("ben", ",\"userId\":\"" + company.user("") + "\"");
    application.account("cleo");
    for (String other : List.of("ben", "cleo")) {
      assertThat(application.isLocked(other)).isFalse();
      assertThat(application.isLocked(other)).isFalse();
    }
  }

  @RepeatedTest(5)
  @DisplayName("has one winner among forty simultaneous checks")
  void oneWinner() {
    prefer("{\"autoLockOnAttempt\":true}");
    List<HttpCalls> logins =
        IntStream.range(0, 40).mapToObj(i -> application.calls("ana")).toList();
    List<Boolean> locked =
        Simultaneously.call(
            40, i -> logins.get(i).post(CHECK, "{}").expect(200).json().getBoolean("locked"));
    assertThat(locked).filteredOn(l -> !l).hasSize(1);
    assertThat(lockChanges())
        .filteredOn(c -> c.getString("cause").equals("AUTO_LOCK_ON_ATTEMPT"))
        .hasSize(1);
    JsonObject shown = company.administrator().get("/api/v1/accounts/" + account).json();
    assertThat(shown.getInt("userAccountAllowedCount")).isEqualTo(1);
    assertThat(shown.getInt("userAccountBlockedCount")).isEqualTo(39);
    assertThat(shown.getBoolean("lockStatus")).isTrue();
  }

  private boolean check(String body) {
    return application.calls("ana").post(CHECK, body).expect(200).json().getBoolean("locked");
  }

  private void prefer(String json) {
    company.administrator().patch("/api/v1/users/" + user, json).expect(200);
  }

  /** Makes time pass for the account. */
  private void passed(Duration time, String... columns) {
    for (String column : columns) {
      SharedServer.database()
          .execute(
              "update accounts set %s = %s - interval '%d minutes' where id = ?"
                  .formatted(column, column, time.toMinutes()),
              UUID.fromString(account));
    }
  }

  /** The only lock change that tells of the end of an unlock by time. */
  private JsonObject ended() {
    List<JsonObject> ended =
        lockChanges().stream()
            .filter(change -> change.getString("cause").equals("AUTO_LOCK_MINUTES"))
            .toList();
    assertThat(ended).hasSize(1);
    return ended.get(0);
  }

  private JsonObject explanation() {
    return company
        .administrator()
        .get("/api/v1/accounts/" + account + "/explanation")
        .expect(200)
        .json();
  }

  private Instant nextChange() {
    JsonObject next = explanation().getJsonObject("nextChange");
    assertThat(next.getBoolean("locked")).isTrue();
    return Instant.parse(next.getString("at"));
  }

  private List<JsonObject> lockChanges() {
    return application.lockChanges(account);
  }

  private List<JsonObject> checks() {
    return application.checks(account, "");
  }
}
