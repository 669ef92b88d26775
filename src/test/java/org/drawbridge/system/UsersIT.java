package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.testing.TestJson.JSON;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.drawbridge.kernel.Ids;
import org.drawbridge.testing.HttpCalls;
import org.drawbridge.testing.HttpCalls.Answer;
import org.drawbridge.testing.Problems;
import org.drawbridge.testing.SharedServer;
import org.drawbridge.testing.Simultaneously;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A user")
class UsersIT {

  private static final String ANA =
      "\"username\":\"ana\",\"email\":\"ana@example.com\",\"first_name\":\"Ana\",\"last_name\":\"Berg\"";

  private final TestCompany company = TestCompany.create();
  private final HttpCalls calls = company.administrator();
  private final String path = "/api/v1/companies/" + company.id() + "/users";

  @Test
  @DisplayName("is added with a name, and has all members of the reference's user")
  void added() {
    JsonObject user = calls.post(path, "{" + ANA + "}").expect(201).json();
    assertThat(user.keySet())
        .contains(
            "accountProtectionCheckHistory",
            "accounts",
            "aggregations",
            "allowEmailNotification",
            "allowSmsNotification",
            "autoLockMinutes",
            "autoLockOnAttempt",
            "autoLockOnBreach",
            "autoLockOnSuccess",
            "email",
            "emailVerified",
            "first_name",
            "full_name",
            "id",
            "isEULAAccepted",
            "isHelpViewed",
            "last_name",
            "phone",
            "userId",
            "userType",
            "username");
    assertThat(user.getString("full_name")).isEqualTo("Ana Berg");
    assertThat(user.getString("userType")).isEqualTo("EXTERNAL");
    assertThat(user.getInt("autoLockMinutes")).isZero();
    assertThat(user.getBoolean("autoLockOnAttempt")).isFalse();
    assertThat(calls.get("/api/v1/users/" + user.getString("id")).expect(200).json())
        .isEqualTo(user);
    assertThat(calls.get(path).json().getJsonArray("items").getJsonObject(0)).isEqualTo(user);
  }

  @Test
  @DisplayName("is added with preferences")
  void preferences() {
    JsonObject user =
        calls
            .post(
                path,
                "{"
                    + ANA
                    + ",\"phone\":\"+49 30 901820\",\"userType\":\"INTERNAL\",\"autoLockMinutes\":15,"
                    + "\"autoLockOnAttempt\":true,\"autoLockOnBreach\":true,\"autoLockOnSuccess\":true,"
                    + "\"allowEmailNotification\":false,\"allowSmsNotification\":true}")
            .expect(201)
            .json();
    assertThat(user.getString("phone")).isEqualTo("+49 30 901820");
    assertThat(user.getString("userType")).isEqualTo("INTERNAL");
    assertThat(user.getInt("autoLockMinutes")).isEqualTo(15);
    assertThat(user.getBoolean("autoLockOnAttempt")).isTrue();
    assertThat(user.getBoolean("autoLockOnBreach")).isTrue();
    assertThat(user.getBoolean("autoLockOnSuccess")).isTrue();
    assertThat(user.getBoolean("allowEmailNotification")).isFalse();
    assertThat(user.getBoolean("allowSmsNotification")).isTrue();
  }

  @ParameterizedTest
  @DisplayName("changes what a PATCH names and nothing else")
  @CsvSource(
      delimiter = '|',
      value = {
        "autoLockMinutes | 7",
        "autoLockOnAttempt | true",
        "autoLockOnBreach | true",
        "autoLockOnSuccess | true",
        "allowEmailNotification | false",
        "allowSmsNotification | true",
        "userType | \"INTERNAL\"",
        "email | \"new@example.com\"",
        "phone | \"+1 555 0100\"",
        "phone | null"
      })
  void patched(String member, String value) {
    JsonObject before =
        calls.post(path, "{" + ANA + ",\"phone\":\"+49 30 901820\"}").expect(201).json();
    String one = "/api/v1/users/" + before.getString("id");
    String patch = "{\"" + member + "\":" + value + "}";
    JsonObject after = calls.patch(one, patch).expect(200).json();
    assertThat(after.get(member)).hasToString(value);
    assertThat(JSON.createObjectBuilder(after).remove(member).build())
        .isEqualTo(JSON.createObjectBuilder(before).remove(member).build());
    assertThat(calls.get(one).json()).isEqualTo(after);
    assertThat(calls.patch(one, "{}").expect(200).json()).isEqualTo(after);
  }

  @Test
  @DisplayName("changes names, and the full name with them")
  void renamed() {
    String one = "/api/v1/users/" + company.user("");
    JsonObject after = calls.patch(one, "{\"first_name\":\"Eva\"}").expect(200).json();
    assertThat(after.getString("first_name")).isEqualTo("Eva");
    assertThat(after.getString("full_name")).isEqualTo("Eva Berg");
    assertThat(calls.patch(one, "{\"last_name\":\"Lund\"}").json().getString("full_name"))
        .isEqualTo("Eva Lund");
  }

  @ParameterizedTest
  @DisplayName("is added with members that fit: else 400 names the member")
  @CsvSource(
      delimiter = '|',
      value = {
        "username | null",
        "username | \"\"",
        "username | 7",
        "email | null",
        "email | \"no address\"",
        "email | \"\\\"a\\u0001b\\\"@example.com\"",
        "first_name | null",
        "first_name | \" \"",
        "last_name | null",
        "last_name | []",
        "phone | \"call me\"",
        "phone | 7",
        "userType | \"external\"",
        "autoLockMinutes | -1",
        "autoLockMinutes | 1.5",
        "autoLockMinutes | 1e99",
        "autoLockMinutes | \"5\"",
        "autoLockMinutes | 99999999",
        "autoLockOnAttempt | \"true\"",
        "autoLockOnBreach | 1",
        "autoLockOnSuccess | {}",
        "allowEmailNotification | \"no\"",
        "allowSmsNotification | 0"
      })
  void malformed(String member, String value) {
    JsonObject good = JSON.createReader(new StringReader("{" + ANA + "}")).readObject();
    String without = JSON.createObjectBuilder(good).remove(member).build().toString();
    String body = without.substring(0, without.length() - 1) + ",\"" + member + "\":" + value + "}";
    Answer answer = calls.post(path, body);
    Problems.expect(answer, 400, "malformed-request");
    assertThat(answer.wrongMembers()).containsExactly("/" + member);
    assertThat(calls.get(path).json().getInt("totalItems")).isZero();
  }

  @ParameterizedTest
  @DisplayName("changes nothing where one member of a PATCH is wrong")
  @CsvSource(
      delimiter = '|',
      value = {
        "email | \"no address\"",
        "email | \"\\\"a\\u0001b\\\"@example.com\"",
        "email | \"\"",
        "first_name | \"\"",
        "last_name | 7",
        "phone | \"call me\"",
        "phone | 7",
        "userType | \"NONE\"",
        "autoLockMinutes | -1",
        "autoLockMinutes | true",
        "autoLockOnAttempt | 1",
        "autoLockOnBreach | \"\"",
        "autoLockOnSuccess | []",
        "allowEmailNotification | 1",
        "allowSmsNotification | \"yes\""
      })
  void badPatch(String member, String value) {
    String one = "/api/v1/users/" + company.user("");
    String before = calls.get(one).text();
    Answer answer =
        calls.patch(
            one,
            "{\"userType\":\"INTERNAL\",\"autoLockMinutes\":9,\"" + member + "\":" + value + "}");
    Problems.expect(answer, 400, "malformed-request");
    assertThat(answer.wrongMembers()).containsExactly("/" + member);
    assertThat(calls.get(one).text()).isEqualTo(before);
  }

  @Test
  @DisplayName("is named by every wrong member at once")
  void severalErrors() {
    Answer answer = calls.post(path, "{\"username\":7,\"autoLockOnAttempt\":\"x\"}");
    Problems.expect(answer, 400, "malformed-request");
    assertThat(answer.wrongMembers()).contains("/username", "/autoLockOnAttempt");
    answer = calls.post(path, "{\"autoLockMinutes\":-1}");
    assertThat(answer.wrongMembers())
        .containsExactlyInAnyOrder(
            "/username", "/email", "/first_name", "/last_name", "/autoLockMinutes");
  }

  @Test
  @DisplayName("has a user name of its own in the company")
  void names() {
    calls.post(path, "{" + ANA + "}").expect(201);
    Problems.expect(calls.post(path, "{" + ANA + "}"), 409, "username-taken");
    TestCompany other = TestCompany.create();
    calls.post("/api/v1/companies/" + other.id() + "/users", "{" + ANA + "}").expect(201);
  }

  @Test
  @DisplayName("is added once by two at the same time: the other is told of a conflict")
  void nameTakenAtOnce() {
    List<Answer> answers = Simultaneously.call(4, i -> calls.post(path, "{" + ANA + "}"));
    assertThat(answers.stream().map(Answer::status)).containsExactlyInAnyOrder(201, 409, 409, 409);
  }

  @Test
  @DisplayName("shows the accounts, their checks and how many were allowed and blocked")
  void accounts() {
    TestApplication application = company.application();
    String user = company.user("");
    String account = application.account("ana", ",\"userId\":\"" + user + "\"");
    application.check("ana").expect(200);
    application.lock(account);
    application.check("ana").expect(200);
    application.check("ana").expect(200);
    JsonObject shown = calls.get("/api/v1/users/" + user).expect(200).json();
    assertThat(shown.getJsonArray("accounts").getJsonObject(0).getString("id")).isEqualTo(account);
    JsonObject aggregations = shown.getJsonObject("aggregations");
    assertThat(aggregations.getInt("totalAllowed")).isEqualTo(1);
    assertThat(aggregations.getInt("totalBlocked")).isEqualTo(2);
    assertThat(shown.getJsonArray("accountProtectionCheckHistory")).hasSize(3);
  }

  @Test
  @DisplayName("tells how many checks were blocked today, in UTC, and not before")
  void blockedToday() {
    TestApplication application = company.application();
    String user = company.user("");
    String account = application.account("ana", ",\"userId\":\"" + user + "\"");
    application.lock(account);
    for (int i = 0; i < 3; i++) {
      application.check("ana").expect(200);
    }
    LocalDate day = LocalDate.now(ZoneOffset.UTC);
    Instant midnight = day.atStartOfDay(ZoneOffset.UTC).toInstant();
    List<UUID> checks =
        application.checks(account, "").stream()
            .map(check -> Ids.ofLetters(check.getString("sessionID")))
            .toList();
    checkedAt(checks.get(0), midnight);
    checkedAt(checks.get(1), midnight.plusSeconds(1));
    checkedAt(checks.get(2), midnight.minusMillis(1));
    JsonObject aggregations =
        calls.get("/api/v1/users/" + user).expect(200).json().getJsonObject("aggregations");
    assumeTrue(day.equals(LocalDate.now(ZoneOffset.UTC)), "it is still the same day");
    assertThat(aggregations.getInt("todayBlocked")).isEqualTo(2);
    assertThat(aggregations.getInt("totalBlocked")).isEqualTo(3);
  }

  private static void checkedAt(UUID check, Instant time) {
    SharedServer.database()
        .execute(
            "update protection_checks set checked_at = cast(? as timestamptz) where id = ?",
            time.toString(),
            check);
  }

  @Test
  @DisplayName("shows the ten newest checks and lock changes, however many there are")
  void boundedHistories() {
    TestApplication application = company.application();
    String user = company.user("");
    String first = application.account("ana", ",\"userId\":\"" + user + "\"");
    String second = application.account("anna", ",\"userId\":\"" + user + "\"");
    for (int i = 0; i < 12; i++) {
      application.check(i % 3 == 0 ? "anna" : "ana").expect(200);
      application.lock(first);
    }
    JsonObject shown = calls.get("/api/v1/users/" + user).expect(200).json();
    List<String> newest =
        Stream.of(first, second)
            .flatMap(account -> application.checks(account, "").stream())
            .map(check -> check.getString("checkedDate") + " " + check.getString("status"))
            .sorted(Comparator.reverseOrder())
            .toList();
    assertThat(newest).hasSize(12);
    assertThat(texts(shown, "accountProtectionCheckHistory")).isEqualTo(newest.subList(0, 10));
    List<String> changes =
        application.lockChanges(first).stream()
            .map(change -> change.getString("changedDate") + " LOCKED ADMINISTRATOR")
            .toList();
    assertThat(changes).hasSize(13);
    JsonObject account =
        shown.getJsonArray("accounts").getValuesAs(JsonObject.class).stream()
            .filter(a -> a.getString("id").equals(first))
            .findFirst()
            .orElseThrow();
    assertThat(texts(account, "lockUnlockHistory"))
        .extracting(change -> change.substring(0, change.indexOf(" by")))
        .isEqualTo(changes.subList(0, 10));
  }

  private static List<String> texts(JsonObject json, String member) {
    return json.getJsonArray(member).getValuesAs(JsonString::getString);
  }

  @Test
  @DisplayName("that does not exist is 404")
  void unknown() {
    String unknown = "/api/v1/users/" + UUID.randomUUID();
    Problems.expect(calls.get(unknown), 404, "not-found");
    Problems.expect(calls.patch(unknown, "{}"), 404, "not-found");
  }
}
