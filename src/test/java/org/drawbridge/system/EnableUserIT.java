package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.drawbridge.testing.HttpCalls;
import org.drawbridge.testing.HttpCalls.Answer;
import org.drawbridge.testing.Problems;
import org.drawbridge.testing.Simultaneously;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Enabling an account")
class EnableUserIT {

  private static final String PATH = "/nl3/api/v1/sdk/enableUser";
  private static final String LOCK_CHECK = "/nl3/api/v1/sdk/accountLockCheck";

  private final TestCompany company = TestCompany.create();
  private final TestApplication application = company.application();

  @Test
  @DisplayName("creates it with 201, answers 200 when it was there, and the same token")
  void createdOnce() {
    Answer first = application.calls("ana").post(PATH).expect(201);
    assertThat(first.json().keySet()).containsExactly("nl3UserToken");
    Answer second = application.calls("ana").post(PATH).expect(200);
    assertThat(second.text()).isEqualTo(first.text());
    assertThat(application.calls("ana").post(PATH, "{\"x\":1}").expect(200).text())
        .isEqualTo(first.text());
    List<JsonObject> accounts = accounts("ana");
    assertThat(accounts).hasSize(1);
    assertThat(accounts.get(0).getBoolean("enabled")).isTrue();
    assertThat(application.check("ana").json().getString("status")).isEqualTo("UNLOCKED");
  }

  @Test
  @DisplayName("twenty times at once creates one account")
  void simultaneous() {
    List<HttpCalls> calls = IntStream.range(0, 20).mapToObj(i -> application.calls("ana")).toList();
    List<Answer> answers = Simultaneously.call(20, i -> calls.get(i).post(PATH));
    assertThat(answers.stream().map(Answer::status).filter(s -> s == 201)).hasSize(1);
    assertThat(answers.stream().map(Answer::status).filter(s -> s == 200)).hasSize(19);
    assertThat(new HashSet<>(answers.stream().map(Answer::text).toList())).hasSize(1);
    assertThat(accounts("ana")).hasSize(1);
  }

  @Test
  @DisplayName("enables one that was disabled, and leaves its lock as it is")
  void disabled() {
    String account = application.account("ana", ",\"enabled\":false");
    application.lock(account);
    assertThat(application.check("ana").json().getString("status")).isEqualTo("NOT_PROTECTED");
    application.calls("ana").post(PATH).expect(200);
    assertThat(application.check("ana").json().getString("status")).isEqualTo("LOCKED");
  }

  @Test
  @DisplayName("twenty times at once enables one that was disabled, and each call finds it")
  void simultaneousOnDisabled() {
    application.account("ana", ",\"enabled\":false");
    List<HttpCalls> calls = IntStream.range(0, 20).mapToObj(i -> application.calls("ana")).toList();
    List<Answer> answers = Simultaneously.call(20, i -> calls.get(i).post(PATH));
    assertThat(answers).extracting(Answer::status).containsOnly(200);
    assertThat(accounts("ana").get(0).getBoolean("enabled")).isTrue();
    assertThat(company.activity("?type=account-enabled")).hasSize(1);
  }

  @Test
  @DisplayName("creates it locked where the application says that new accounts start so")
  void initialLock() {
    company
        .administrator()
        .patch("/api/v1/applications/" + application.id(), "{\"initialLockStatus\":true}")
        .expect(200);
    application.calls("ana").post(PATH).expect(201);
    assertThat(application.isLocked("ana")).isTrue();
  }

  @Test
  @DisplayName("gives tokens that nobody can guess, one for each account")
  void tokens() {
    String ana = token(application, "ana");
    assertThat(ana).matches("[A-Za-z0-9_-]{43,}").doesNotContain("ana");
    assertThat(token(application, "ben")).isNotEqualTo(ana);
    assertThat(token(company.application(), "ana")).isNotEqualTo(ana);
  }

  @Test
  @DisplayName("gives a token that names the account in accountLockCheck until it is revoked")
  void revocation() {
    String token = token(application, "ana");
    lockCheck(application, token).expect(200);
    String account = accounts("ana").get(0).getString("id");
    company.administrator().delete("/api/v1/accounts/" + account + "/user-token").expect(204);
    Problems.expect(lockCheck(application, token), 404, "not-found");
    String next = token(application, "ana");
    assertThat(next).isNotEqualTo(token);
    lockCheck(application, next).expect(200);
    Problems.expect(lockCheck(application, token), 404, "not-found");
  }

  @Test
  @DisplayName("gives a token that another application cannot use")
  void otherApplication() {
    String token = token(application, "ana");
    Problems.expect(lockCheck(company.application(), token), 404, "not-found");
    Problems.expect(lockCheck(TestCompany.create().application(), token), 404, "not-found");
  }

  @Test
  @DisplayName("is told in the company's activity")
  void activity() {
    application.calls("ana").post(PATH).expect(201);
    JsonObject entry =
        company
            .administrator()
            .get("/api/v1/companies/" + company.id() + "/activity?type=account-added")
            .json()
            .getJsonArray("items")
            .getJsonObject(0);
    assertThat(entry.getString("actor")).isEqualTo("application:" + application.id());
    assertThat(entry.getString("subjectId")).isEqualTo(accounts("ana").get(0).getString("id"));
  }

  private static String token(TestApplication application, String subject) {
    return application.calls(subject).post(PATH).json().getString("nl3UserToken");
  }

  private static Answer lockCheck(TestApplication application, String token) {
    return application.calls("somebody").post(LOCK_CHECK, "{\"nl3UserToken\":\"" + token + "\"}");
  }

  private List<JsonObject> accounts(String subject) {
    return company
        .administrator()
        .get("/api/v1/applications/" + application.id() + "/accounts?userAccountId=" + subject)
        .expect(200)
        .json()
        .getJsonArray("items")
        .getValuesAs(JsonObject.class);
  }
}
