package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.drawbridge.testing.HttpCalls;
import org.drawbridge.testing.HttpCalls.Answer;
import org.drawbridge.testing.Problems;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An account")
class AccountsIT {

  private final TestCompany company = TestCompany.create();
  private final TestApplication application = company.application();
  private final HttpCalls calls = company.administrator();
  private final String path = "/api/v1/applications/" + application.id() + "/accounts";

  @Test
  @DisplayName("has all members of the reference's account")
  void members() {
    JsonObject account = calls.post(path, "{\"userAccountId\":\"ana\"}").expect(201).json();
    assertThat(account.keySet())
        .contains(
            "application",
            "autoRelockAllowed",
            "domain",
            "enabled",
            "groups",
            "id",
            "lockStatus",
            "lockUnlockHistory",
            "lockedByPolicy",
            "userAccountAllowedCount",
            "userAccountBlockedCount",
            "userAccountId");
    assertThat(account.getString("application")).isEqualTo("Application");
    assertThat(account.getJsonObject("domain").getString("url")).isEqualTo(application.url());
    assertThat(account.getString("userAccountId")).isEqualTo("ana");
    assertThat(account.getBoolean("enabled")).isTrue();
    assertThat(account.getBoolean("lockStatus")).isFalse();
    assertThat(account.getBoolean("lockedByPolicy")).isFalse();
    assertThat(account.getBoolean("autoRelockAllowed")).isTrue();
    assertThat(account.getJsonArray("groups")).isEmpty();
    assertThat(account.getInt("userAccountAllowedCount")).isZero();
    assertThat(account.getInt("userAccountBlockedCount")).isZero();
    assertThat(account.getJsonArray("lockUnlockHistory")).hasSize(1);
    assertThat(calls.get("/api/v1/accounts/" + account.getString("id")).expect(200).json())
        .isEqualTo(account);
  }

  @Test
  @DisplayName("is added with what the request says")
  void added() {
    String user = company.user("");
    JsonObject account =
        calls
            .post(
                path,
                "{\"userAccountId\":\"ana\",\"userId\":\""
                    + user
                    + "\",\"enabled\":false,\"autoRelockAllowed\":false,\"lockStatus\":true}")
            .expect(201)
            .json();
    assertThat(account.getString("userId")).isEqualTo(user);
    assertThat(account.getBoolean("enabled")).isFalse();
    assertThat(account.getBoolean("autoRelockAllowed")).isFalse();
    assertThat(account.getBoolean("lockStatus")).isTrue();
  }

  @Test
  @DisplayName("starts as the application says, unless the request says otherwise")
  void initialLock() {
    calls
        .patch("/api/v1/applications/" + application.id(), "{\"initialLockStatus\":true}")
        .expect(200);
    application.account("ana");
    application.account("ben", ",\"lockStatus\":false");
    assertThat(application.isLocked("ana")).isTrue();
    assertThat(application.isLocked("ben")).isFalse();
  }

  @Test
  @DisplayName("is there once for each userAccountId of an application")
  void twice() {
    application.account("ana");
    Problems.expect(calls.post(path, "{\"userAccountId\":\"ana\"}"), 409, "account-taken");
    application.account("ANA");
    company.application().account("ana");
  }

  @ParameterizedTest
  @DisplayName("is added with members that fit: else 400 names the member")
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | /userAccountId",
        "{\"userAccountId\":\"\"} | /userAccountId",
        "{\"userAccountId\":7} | /userAccountId",
        "{\"userAccountId\":\"a\\u0000\"} | /userAccountId",
        "{\"userAccountId\":\"a\",\"userId\":\"x\"} | /userId",
        "{\"userAccountId\":\"a\",\"userId\":\"00000000-0000-0000-0000-000000000000\"} | /userId",
        "{\"userAccountId\":\"a\",\"enabled\":\"true\"} | /enabled",
        "{\"userAccountId\":\"a\",\"autoRelockAllowed\":1} | /autoRelockAllowed",
        "{\"userAccountId\":\"a\",\"lockStatus\":\"LOCKED\"} | /lockStatus"
      })
  void malformed(String body, String pointer) {
    Answer answer = calls.post(path, body);
    Problems.expect(answer, 400, "malformed-request");
    assertThat(answer.wrongMembers()).containsExactly(pointer);
    assertThat(calls.get(path).json().getInt("totalItems")).isZero();
  }

  @Test
  @DisplayName("has a userAccountId of up to 255 characters")
  void longId() {
    calls.post(path, "{\"userAccountId\":\"" + "u".repeat(255) + "\"}").expect(201);
    Answer answer = calls.post(path, "{\"userAccountId\":\"" + "u".repeat(256) + "\"}");
    Problems.expect(answer, 400, "malformed-request");
    assertThat(answer.wrongMembers()).containsExactly("/userAccountId");
  }

  @Test
  @DisplayName("is found by its userAccountId, exactly, among the pages of its application")
  void found() {
    for (String name : List.of("ana", "anabel", "Ana")) {
      application.account(name);
    }
    assertThat(names("?userAccountId=ana")).containsExactly("ana");
    assertThat(names("?userAccountId=an%25")).isEmpty();
    assertThat(names("?userAccountId=nobody")).isEmpty();
    assertThat(names("")).containsExactlyInAnyOrder("ana", "anabel", "Ana");
    JsonObject first = calls.get(path + "?pageSize=2").expect(200).json();
    assertThat(first.getJsonArray("items")).hasSize(2);
    assertThat(first.getInt("totalItems")).isEqualTo(3);
    assertThat(first.getInt("totalPages")).isEqualTo(2);
    assertThat(first.getBoolean("first")).isTrue();
    assertThat(first.getBoolean("last")).isFalse();
    JsonObject second = calls.get(path + "?pageSize=2&page=1").expect(200).json();
    assertThat(second.getJsonArray("items")).hasSize(1);
    assertThat(second.getBoolean("last")).isTrue();
    assertThat(names("?pageSize=2&page=7")).isEmpty();
    assertThat(names("?pageSize=2")).doesNotContainAnyElementsOf(names("?pageSize=2&page=1"));
  }

  @ParameterizedTest
  @DisplayName("is not looked for by what no account can have")
  @ValueSource(strings = {"%00", "a%00b", "%ED%A0%80", "%FF"})
  void strangeFilter(String value) {
    Answer answer = calls.get(path + "?userAccountId=" + value);
    if (answer.status() != 200) {
      Problems.expect(answer, 400, "malformed-request");
    } else {
      assertThat(answer.json().getJsonArray("items")).isEmpty();
    }
  }

  @Test
  @DisplayName("is locked and unlocked, with the reason and the actor in its history")
  void lockedAndUnlocked() {
    String account = application.account("ana");
    String one = "/api/v1/accounts/" + account;
    JsonObject locked = calls.post(one + "/lock", "{\"reason\":\"lost phone\"}").expect(200).json();
    assertThat(locked.getBoolean("lockStatus")).isTrue();
    assertThat(locked.getString("id")).isEqualTo(account);
    assertThat(application.isLocked("ana")).isTrue();
    JsonObject unlocked = calls.post(one + "/unlock", "{\"reason\":\"found\"}").expect(200).json();
    assertThat(unlocked.getBoolean("lockStatus")).isFalse();
    assertThat(application.isLocked("ana")).isFalse();
    List<JsonObject> changes = lockChanges(account);
    assertThat(changes).extracting(c -> c.getBoolean("locked")).containsExactly(false, true, false);
    assertThat(changes)
        .extracting(c -> c.getString("cause"))
        .containsExactly("ADMINISTRATOR", "ADMINISTRATOR", "INITIAL");
    assertThat(changes.get(1).getString("reason")).isEqualTo("lost phone");
    assertThat(changes.get(0).getString("reason")).isEqualTo("found");
    assertThat(changes.get(0).getString("actor")).isEqualTo("platform-administrator");
    assertThat(Instant.parse(changes.get(0).getString("changedDate")))
        .isBetween(Instant.now().minusSeconds(60), Instant.now());
    assertThat(changes.get(0).isNull("checkID")).isTrue();
    assertThat(unlocked.getJsonArray("lockUnlockHistory")).hasSize(3);
    assertThat(unlocked.getJsonArray("lockUnlockHistory").getString(1))
        .contains("LOCKED")
        .contains("lost phone");
  }

  @Test
  @DisplayName("has the latest ten changes in its history")
  void boundedHistory() {
    String account = application.account("ana");
    for (int i = 0; i < 12; i++) {
      calls
          .post("/api/v1/accounts/" + account + "/lock", "{\"reason\":\"r" + i + "\"}")
          .expect(200);
    }
    var history = calls.get("/api/v1/accounts/" + account).json().getJsonArray("lockUnlockHistory");
    assertThat(history).hasSize(10);
    assertThat(history.getString(0)).endsWith("r11");
    assertThat(
            calls
                .get("/api/v1/accounts/" + account + "/lock-changes?pageSize=5&page=2")
                .json()
                .getJsonArray("items"))
        .hasSize(3);
  }

  @Test
  @DisplayName("counts the checks that were allowed and those that were blocked")
  void counts() {
    String account = application.account("ana");
    application.check("ana").expect(200);
    application.check("ana").expect(200);
    application.lock(account);
    application.check("ana").expect(200);
    JsonObject shown = calls.get("/api/v1/accounts/" + account).json();
    assertThat(shown.getInt("userAccountAllowedCount")).isEqualTo(2);
    assertThat(shown.getInt("userAccountBlockedCount")).isEqualTo(1);
  }

  @Test
  @DisplayName("is unlocked for some minutes")
  void unlockedForMinutes() {
    String account = application.account("ana");
    application.lock(account);
    Instant before = Instant.now();
    calls.post("/api/v1/accounts/" + account + "/unlock", "{\"minutes\":30}").expect(200);
    assertThat(application.isLocked("ana")).isFalse();
    JsonObject next = explanation(account).getJsonObject("nextChange");
    assertThat(next.getBoolean("locked")).isTrue();
    assertThat(Instant.parse(next.getString("at")))
        .isBetween(
            before.plus(Duration.ofMinutes(30)).minusSeconds(1),
            Instant.now().plus(Duration.ofMinutes(30)).plusSeconds(1));
    application.unlock(account);
    assertThat(explanation(account).isNull("nextChange")).isTrue();
  }

  @ParameterizedTest
  @DisplayName("is not unlocked by a request that is wrong")
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"minutes\":0} | /minutes",
        "{\"minutes\":-5} | /minutes",
        "{\"minutes\":1.5} | /minutes",
        "{\"minutes\":\"5\"} | /minutes",
        "{\"minutes\":99999999999} | /minutes",
        "{\"minutes\":600000} | /minutes",
        "{\"reason\":7} | /reason"
      })
  void badUnlock(String body, String pointer) {
    String account = application.account("ana");
    application.lock(account);
    Answer answer = calls.post("/api/v1/accounts/" + account + "/unlock", body);
    Problems.expect(answer, 400, "malformed-request");
    assertThat(answer.wrongMembers()).containsExactly(pointer);
    assertThat(application.isLocked("ana")).isTrue();
  }

  @Test
  @DisplayName("explains why it is locked or not, by which rule, what changes next, who can unlock")
  void explained() {
    String account = application.account("ana");
    JsonObject unlocked = explanation(account);
    assertThat(unlocked.getString("accountId")).isEqualTo(account);
    assertThat(unlocked.getBoolean("locked")).isFalse();
    assertThat(unlocked.getString("status")).isEqualTo("UNLOCKED");
    assertThat(unlocked.getString("rule")).isEqualTo("UNLOCKED");
    assertThat(unlocked.getString("because")).isNotBlank();
    assertThat(unlocked.getJsonArray("precedence")).isNotEmpty();
    assertThat(unlocked.getJsonArray("unlockableBy")).isNotEmpty();
    assertThat(unlocked.isNull("nextChange")).isTrue();
    application.lock(account);
    JsonObject locked = explanation(account);
    assertThat(locked.getBoolean("locked")).isTrue();
    assertThat(locked.getString("status")).isEqualTo("LOCKED");
    assertThat(locked.getString("rule")).isEqualTo("LOCKED");
    assertThat(locked.getString("latestChange")).contains("LOCKED ADMINISTRATOR");
    calls.patch("/api/v1/accounts/" + account, "{\"enabled\":false}").expect(200);
    JsonObject disabled = explanation(account);
    assertThat(disabled.getString("status")).isEqualTo("NOT_PROTECTED");
    assertThat(disabled.getString("rule")).isEqualTo("NOT_ENABLED");
    assertThat(disabled.getBoolean("locked")).isFalse();
  }

  @Test
  @DisplayName("changes what a PATCH names and nothing else")
  void patched() {
    String one = "/api/v1/accounts/" + application.account("ana");
    JsonObject after = calls.patch(one, "{\"enabled\":false}").expect(200).json();
    assertThat(after.getBoolean("enabled")).isFalse();
    assertThat(after.getBoolean("autoRelockAllowed")).isTrue();
    after = calls.patch(one, "{\"autoRelockAllowed\":false}").expect(200).json();
    assertThat(after.getBoolean("enabled")).isFalse();
    assertThat(after.getBoolean("autoRelockAllowed")).isFalse();
    Answer wrong = calls.patch(one, "{\"enabled\":true,\"autoRelockAllowed\":\"x\"}");
    Problems.expect(wrong, 400, "malformed-request");
    assertThat(wrong.wrongMembers()).containsExactly("/autoRelockAllowed");
    assertThat(calls.get(one).json()).isEqualTo(after);
  }

  @Test
  @DisplayName("that does not exist is 404")
  void unknown() {
    for (String id : List.of(UUID.randomUUID().toString(), "x")) {
      String unknown = "/api/v1/accounts/" + id;
      Problems.expect(calls.get(unknown), 404, "not-found");
      Problems.expect(calls.post(unknown + "/lock"), 404, "not-found");
      Problems.expect(calls.post(unknown + "/unlock"), 404, "not-found");
      Problems.expect(calls.get(unknown + "/explanation"), 404, "not-found");
      Problems.expect(calls.get(unknown + "/checks"), 404, "not-found");
      Problems.expect(calls.get(unknown + "/lock-changes"), 404, "not-found");
    }
  }

  private List<String> names(String query) {
    return calls
        .get(path + query)
        .expect(200)
        .json()
        .getJsonArray("items")
        .getValuesAs(JsonObject.class)
        .stream()
        .map(a -> a.getString("userAccountId"))
        .toList();
  }

  private List<JsonObject> lockChanges(String account) {
    return calls
        .get("/api/v1/accounts/" + account + "/lock-changes")
        .expect(200)
        .json()
        .getJsonArray("items")
        .getValuesAs(JsonObject.class);
  }

  private JsonObject explanation(String account) {
    return calls.get("/api/v1/accounts/" + account + "/explanation").expect(200).json();
  }
}
