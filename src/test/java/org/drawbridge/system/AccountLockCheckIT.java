package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.List;
import org.drawbridge.testing.DomainToken;
import org.drawbridge.testing.HttpCalls.Answer;
import org.drawbridge.testing.Problems;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An account lock check")
class AccountLockCheckIT {

  private static final String PATH = "/nl3/api/v1/sdk/accountLockCheck";

  private final TestCompany company = TestCompany.create();
  private final TestApplication application = company.application();
  private final String account = application.account("ana");

  @Test
  @DisplayName("by userAccountId is answered like a protection check, whoever the token's sub is")
  void byUserAccountId() {
    assertThat(ask("{\"userAccountId\":\"ana\"}").expect(200).text())
        .matches(
            "\\{\"locked\":false,\"message\":\"[^\"]+\",\"sessionID\":\"[a-z]+\",\"status\":\"UNLOCKED\"}");
    application.lock(account);
    assertThat(ask("{\"userAccountId\":\"ana\"}").expect(200).text())
        .matches(
            "\\{\"locked\":true,\"message\":\"[^\"]+\",\"sessionID\":\"[a-z]+\",\"status\":\"LOCKED\"}");
  }

  @Test
  @DisplayName("has one address, not one more beside the protection check's")
  void oneAddress() {
    Problems.expect(
        application.calls("ana").post("/v1/sdk/accountLockCheck", "{\"userAccountId\":\"ana\"}"),
        404,
        "not-found");
  }

  @Test
  @DisplayName("by nl3UserToken is about the account that the token names")
  void byUserToken() {
    String token = userToken(application, "ana");
    assertThat(ask("{\"nl3UserToken\":\"" + token + "\"}").expect(200).json().getBoolean("locked"))
        .isFalse();
    application.lock(account);
    assertThat(ask("{\"nl3UserToken\":\"" + token + "\"}").expect(200).json().getBoolean("locked"))
        .isTrue();
  }

  @ParameterizedTest
  @DisplayName("has exactly one of the two: anything else is 400")
  @ValueSource(
      strings = {
        "{}",
        "",
        "{\"userAccountId\":null}",
        "{\"userAccountId\":\"ana\",\"nl3UserToken\":\"x\"}",
        "{\"userAccountId\":\"\"}",
        "{\"userAccountId\":7}",
        "{\"userAccountId\":[\"ana\"]}",
        "{\"nl3UserToken\":7}",
        "{\"nl3UserToken\":\"\"}",
        "{\"userAccountId\":\"a\\u0000\"}",
        "[\"ana\"]",
        "{\"userAccountId\":"
      })
  void malformed(String body) {
    Problems.expect(ask(body), 400, "malformed-request");
    assertThat(recorded()).isEmpty();
  }

  @Test
  @DisplayName("names the wrong member by a JSON Pointer")
  void pointers() {
    assertThat(ask("{\"userAccountId\":7}").wrongMembers()).containsExactly("/userAccountId");
    assertThat(ask("{\"userAccountId\":\"" + "u".repeat(256) + "\"}").wrongMembers())
        .containsExactly("/userAccountId");
    assertThat(ask("{\"nl3UserToken\":{}}").wrongMembers()).containsExactly("/nl3UserToken");
  }

  @Test
  @DisplayName("of an account that does not exist is 404, and by a token that names none too")
  void unknown() {
    String token = userToken(application, "ana");
    TestApplication sibling = company.application();
    TestApplication foreign = TestCompany.create().application();
    foreign.account("ana");
    for (String body :
        List.of(
            "{\"userAccountId\":\"nobody\"}",
            "{\"userAccountId\":\"ANA\"}",
            "{\"nl3UserToken\":\"garbage\"}",
            "{\"nl3UserToken\":\"!!\"}",
            "{\"nl3UserToken\":\"" + "A".repeat(token.length()) + "\"}",
            "{\"nl3UserToken\":\"" + tampered(token) + "\"}",
            "{\"nl3UserToken\":\"" + userToken(sibling, "ana") + "\"}",
            "{\"nl3UserToken\":\"" + userToken(foreign, "ana") + "\"}")) {
      Problems.expect(ask(body), 404, "not-found");
    }
    assertThat(recorded()).isEmpty();
  }

  @Test
  @DisplayName("does not follow unknownAccount for an account that does not exist")
  void unknownAccountSetting() {
    TestApplication strict =
        company.application("https://strict.example.com", ",\"unknownAccount\":\"DENY\"");
    Problems.expect(
        strict.calls("ana").post(PATH, "{\"userAccountId\":\"ana\"}"), 404, "not-found");
    strict.account("ana", ",\"enabled\":false");
    JsonObject answer =
        strict.calls("ana").post(PATH, "{\"userAccountId\":\"ana\"}").expect(200).json();
    assertThat(answer.getString("status")).isEqualTo("NOT_PROTECTED");
    assertThat(answer.getBoolean("locked")).isTrue();
  }

  @Test
  @DisplayName("has the same effects on the account, and is recorded")
  void effects() {
    String user = company.user(",\"autoLockOnAttempt\":true");
    String owned = application.account("ben", ",\"userId\":\"" + user + "\"");
    Answer first =
        ask("{\"userAccountId\":\"ben\",\"userIP\":\"203.0.113.7\",\"integrationData\":{\"a\":1}}");
    assertThat(first.expect(200).json().getBoolean("locked")).isFalse();
    assertThat(ask("{\"userAccountId\":\"ben\"}").expect(200).json().getBoolean("locked")).isTrue();
    JsonObject check =
        company
            .administrator()
            .get("/api/v1/accounts/" + owned + "/checks?page=1&pageSize=1")
            .json()
            .getJsonArray("items")
            .getJsonObject(0);
    assertThat(check.getString("sessionID")).isEqualTo(first.json().getString("sessionID"));
    assertThat(check.getString("userIP")).isEqualTo("203.0.113.7");
    assertThat(check.getString("integrationData")).isEqualTo("{\"a\":1}");
  }

  @Test
  @DisplayName("repeated with the same jti is a retry for the same account alone")
  void retry() {
    application.account("ben");
    DomainToken token = application.token("somebody");
    String first = application.calls(token).post(PATH, "{\"userAccountId\":\"ana\"}").text();
    assertThat(application.calls(token).post(PATH, "{\"userAccountId\":\"ana\"}").text())
        .isEqualTo(first);
    assertThat(
            application.calls(token).post(PATH, "{\"userAccountId\":\"ben\"}").expect(200).text())
        .isNotEqualTo(first);
    assertThat(recorded()).hasSize(1);
  }

  private Answer ask(String body) {
    return application.calls("somebody-else").post(PATH, body);
  }

  private static String userToken(TestApplication application, String subject) {
    return application
        .calls(subject)
        .post("/nl3/api/v1/sdk/enableUser")
        .json()
        .getString("nl3UserToken");
  }

  private static String tampered(String token) {
    char middle = token.charAt(20);
    return token.substring(0, 20) + (middle == 'A' ? 'B' : 'A') + token.substring(21);
  }

  private List<JsonObject> recorded() {
    return company
        .administrator()
        .get("/api/v1/accounts/" + account + "/checks")
        .json()
        .getJsonArray("items")
        .getValuesAs(JsonObject.class);
  }
}
