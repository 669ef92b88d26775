package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.drawbridge.testing.Await;
import org.drawbridge.testing.HttpCalls;
import org.drawbridge.testing.HttpCalls.Answer;
import org.drawbridge.testing.Problems;
import org.drawbridge.testing.SharedServer;
import org.drawbridge.testing.Simultaneously;
import org.drawbridge.testing.SmsGateway;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.drawbridge.testing.TestPerson;
import org.drawbridge.testing.TestPolicies;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An import of users")
class ImportUsersIT {

  private static final int PEOPLE = 40;
  private static final String PATH = "/nl3/api/v1/sdk/importUsers";

  private final TestCompany company = TestCompany.create();
  private final TestApplication application = company.application();
  private final HttpCalls calls =
      SharedServer.anonymous().with("x-nl3-api-token", company.apiKey());

  @Test
  @DisplayName("creates users and enabled accounts, and finds them the second time")
  void createsAndFinds() {
    String rows = "[" + row("ana", application.url()) + "," + row("ben", application.url()) + "]";
    JsonObject first = calls.post(PATH, rows).expect(200).json();
    assertThat(first.getInt("created")).isEqualTo(2);
    assertThat(first.getInt("failed")).isZero();
    JsonObject ana = results(first).get(0);
    assertThat(ana.getInt("index")).isZero();
    assertThat(ana.getString("status")).isEqualTo("CREATED");
    assertThat(ana.getString("userAccountId")).isEqualTo("ana");
    assertThat(ana.getJsonArray("errors")).isEmpty();
    JsonObject user =
        company.administrator().get("/api/v1/users/" + ana.getString("userId")).json();
    assertThat(user.getString("first_name")).isEqualTo("Ana");
    assertThat(user.getString("last_name")).isEqualTo("Berg");
    assertThat(user.getString("email")).isEqualTo("ana@example.com");
    assertThat(user.getString("phone")).isEqualTo("+49 30 901820");
    JsonObject account =
        company.administrator().get("/api/v1/accounts/" + ana.getString("accountId")).json();
    assertThat(account.getBoolean("enabled")).isTrue();
    assertThat(account.getString("userId")).isEqualTo(ana.getString("userId"));
    assertThat(application.check("ana").json().getString("status")).isEqualTo("UNLOCKED");

    JsonObject second = calls.post(PATH, rows).expect(200).json();
    assertThat(second.getInt("existed")).isEqualTo(2);
    assertThat(second.getInt("created")).isZero();
    assertThat(results(second).get(0).getString("accountId")).isEqualTo(ana.getString("accountId"));
    assertThat(results(second).get(0).getString("userId")).isEqualTo(ana.getString("userId"));
  }

  @Test
  @DisplayName("finds people by their e-mail address, in whatever case it is written")
  void knownByEmail() {
    String ana = user("ana", "ana@Example.org");
    String row = row("ana", application.url()).replace("ana@example.com", "Ana@example.ORG");
    for (String status : List.of("CREATED", "EXISTED")) {
      JsonObject result = results(calls.post(PATH, "[" + row + "]").expect(200).json()).get(0);
      assertThat(result.getString("status")).isEqualTo(status);
      assertThat(result.getString("userId")).isEqualTo(ana);
    }
    assertThat(users()).isEqualTo(1);
  }

  @Test
  @DisplayName("does not guess between people with one e-mail address")
  void ambiguousEmail() {
    user("ana", "ana@example.com");
    user("anna", "Ana@example.com");
    JsonObject answer =
        calls.post(PATH, "[" + row("ana", application.url()) + "]").expect(200).json();
    assertThat(pointers(results(answer).get(0))).containsExactly("/0/email");
    assertThat(results(answer).get(0).getJsonArray("errors").toString()).contains("several users");
    assertThat(accounts()).isEmpty();
    assertThat(users()).isEqualTo(2);
  }

  @Test
  @DisplayName("does not take somebody's user name for their e-mail address")
  void namedLikeAnAddress() {
    user("ana@example.com", "mallory@example.com");
    JsonObject answer =
        calls.post(PATH, "[" + row("ana", application.url()) + "]").expect(200).json();
    assertThat(pointers(results(answer).get(0))).containsExactly("/0/email");
    assertThat(results(answer).get(0).getJsonArray("errors").toString()).contains("user name");
    assertThat(accounts()).isEmpty();
  }

  @Test
  @DisplayName("gives no account to somebody who merely claims the e-mail address")
  void claimedAddress() {
    TestPerson claimer = TestPerson.at(application);
    String phone = "+49" + ThreadLocalRandom.current().nextLong(10_000_000_000L, 100_000_000_000L);
    claimer.register();
    claimer.signUp(claimer.username(), phone).expect(200);
    claimer.confirm(TestPerson.codeIn(SmsGateway.shared().text(phone))).expect(200);
    String row = row("victim", application.url()).replace("victim@example.com", claimer.username());
    JsonObject refused = results(calls.post(PATH, "[" + row + "]").expect(200).json()).get(0);
    assertThat(pointers(refused)).containsExactly("/0/email");
    String claimed =
        "{\"policyName\":\"Test\",\"policyType\":\"MULTI_APPROVAL\",\"multiApprovalAction\":\"ALLOW_UNLOCK\",\"approvers\":[\"%s\"]}"
            .formatted(claimer.username());
    assertThat(calls.post(TestPolicies.PATH, claimed).expect(400).wrongMembers())
        .containsExactly("/approvers/0");
    String id = claimer.user().getString("id");
    company
        .administrator()
        .patch("/api/v1/users/" + id, "{\"email\":\"" + claimer.username() + "\"}")
        .expect(200);
    assertThat(
            results(calls.post(PATH, "[" + row + "]").expect(200).json())
                .get(0)
                .getString("userId"))
        .isEqualTo(id);
    calls.post(TestPolicies.PATH, claimed).expect(201);
  }

  @Test
  @DisplayName("enables a disabled account, and gives it the owner that it lacks")
  void disabledAccount() {
    String account = application.account("ana", ",\"enabled\":false");
    assertThat(application.check("ana").json().getString("status")).isEqualTo("NOT_PROTECTED");
    JsonObject answer =
        calls.post(PATH, "[" + row("ana", application.url()) + "]").expect(200).json();
    assertThat(results(answer).get(0).getString("accountId")).isEqualTo(account);
    JsonObject shown = company.administrator().get("/api/v1/accounts/" + account).json();
    assertThat(shown.getBoolean("enabled")).isTrue();
    assertThat(shown.getString("userId")).isEqualTo(results(answer).get(0).getString("userId"));
    assertThat(application.check("ana").json().getString("status")).isEqualTo("UNLOCKED");
    assertThat(activities()).contains("account-enabled", "account-claimed");
    int before = activities().size();
    calls.post(PATH, "[" + row("ana", application.url()) + "]").expect(200);
    assertThat(activities()).as("nothing happens the second time").hasSize(before);
  }

  @Test
  @DisplayName("names the application by domain URL or by bare host")
  void domains() {
    String host = application.url().replace("https://", "");
    JsonObject answer =
        calls
            .post(PATH, "[" + row("ana", host) + "," + row("ben", application.url() + "/") + "]")
            .expect(200)
            .json();
    assertThat(answer.getInt("created")).as(answer.toString()).isEqualTo(2);
  }

  @Test
  @DisplayName("gives one person accounts at several applications")
  void severalAccounts() {
    TestApplication second = company.application();
    JsonObject answer =
        calls
            .post(PATH, "[" + row("ana", application.url()) + "," + row("ana", second.url()) + "]")
            .expect(200)
            .json();
    assertThat(answer.getInt("created")).isEqualTo(2);
    assertThat(results(answer).get(0).getString("userId"))
        .isEqualTo(results(answer).get(1).getString("userId"));
  }

  @Test
  @DisplayName("makes each person once, where several applications import them at once")
  void simultaneous() {
    List<TestApplication> applications =
        IntStream.range(0, 4).mapToObj(i -> company.application()).toList();
    List<JsonObject> answers =
        Simultaneously.call(
            applications.size(),
            i -> calls.post(PATH, people(applications.get(i).url())).expect(200).json());
    assertThat(answers).extracting(answer -> answer.getInt("failed")).containsOnly(0);
    assertThat(answers).extracting(answer -> answer.getInt("created")).containsOnly(PEOPLE);
    assertThat(users()).isEqualTo(PEOPLE);
  }

  @Test
  @DisplayName("lets a bad row fail alone, and says which and why")
  void badRowsFailAlone() {
    String rows =
        String.join(
            ",",
            row("ana", application.url()),
            "{\"first_name\":\"A\"}",
            "7",
            row("ben", "https://elsewhere.example.com"),
            row("cleo", application.url()).replace("cleo@example.com", "no address"),
            row("dora", application.url()).replace("+49 30 901820", "call me"),
            row("eva", application.url()).replace("\"Ana\"", "\"\\u0000\""),
            row("fay", application.url()).replace("\"fay\"", "\"" + "f".repeat(256) + "\""),
            row("gil", application.url()));
    JsonObject answer = calls.post(PATH, "[" + rows + "]").expect(200).json();
    List<JsonObject> results = results(answer);
    assertThat(results)
        .extracting(r -> r.getString("status"))
        .containsExactly(
            "CREATED", "FAILED", "FAILED", "FAILED", "FAILED", "FAILED", "FAILED", "FAILED",
            "CREATED");
    assertThat(answer.getInt("created")).isEqualTo(2);
    assertThat(answer.getInt("failed")).isEqualTo(7);
    assertThat(pointers(results.get(1)))
        .containsExactlyInAnyOrder("/1/last_name", "/1/email", "/1/domain", "/1/userAccountId");
    assertThat(pointers(results.get(2))).containsExactly("/2");
    assertThat(pointers(results.get(3))).containsExactly("/3/domain");
    assertThat(pointers(results.get(4))).containsExactly("/4/email");
    assertThat(pointers(results.get(5))).containsExactly("/5/phone");
    assertThat(pointers(results.get(6))).containsExactly("/6/first_name");
    assertThat(pointers(results.get(7))).containsExactly("/7/userAccountId");
    assertThat(results.get(4).getJsonArray("errors").getJsonObject(0).getString("detail"))
        .isNotBlank();
    assertThat(Problems.leak(answer.toString())).isEmpty();
    assertThat(accounts()).containsExactlyInAnyOrder("ana", "gil");
  }

  @Test
  @DisplayName("does not take an account away from its owner")
  void foreignAccount() {
    calls.post(PATH, "[" + row("ana", application.url()) + "]").expect(200);
    JsonObject answer =
        calls
            .post(PATH, "[" + row("ana", application.url()).replace("ana@", "mallory@") + "]")
            .expect(200)
            .json();
    assertThat(results(answer).get(0).getString("status")).isEqualTo("FAILED");
    assertThat(pointers(results(answer).get(0))).containsExactly("/0/userAccountId");
    assertThat(users()).isEqualTo(1);
  }

  @Test
  @DisplayName("does not reach another company's applications")
  void foreignApplication() {
    TestApplication foreign = TestCompany.create().application();
    JsonObject answer = calls.post(PATH, "[" + row("ana", foreign.url()) + "]").expect(200).json();
    assertThat(pointers(results(answer).get(0))).containsExactly("/0/domain");
  }

  @Test
  @DisplayName("of a thousand rows is done at once")
  void atOnce() {
    JsonObject answer = calls.post(PATH, badRows(1000)).expect(200).json();
    assertThat(answer.getInt("failed")).isEqualTo(1000);
  }

  @Test
  @DisplayName("of more than a thousand rows is accepted with 202, and tells its results later")
  void inTheBackground() {
    String rows =
        badRows(1000).replaceFirst("]$", "")
            + ","
            + row("last", application.url())
            + ",{\"userAccountId\":\"\\u0000\\ud800\"}]";
    Answer accepted = calls.post(PATH, rows).expect(202);
    String location = accepted.json().getString("location");
    assertThat(location).isEqualTo(PATH + "/" + accepted.json().getString("id"));
    assertThat(Await.until(Duration.ofSeconds(60), () -> calls.get(location).status() == 200))
        .isTrue();
    JsonObject answer = calls.get(location).expect(200).json();
    assertThat(answer.getInt("created")).isEqualTo(1);
    assertThat(answer.getInt("failed")).isEqualTo(1001);
    assertThat(results(answer)).hasSize(1002);
    assertThat(results(answer).get(1000).getString("status")).isEqualTo("CREATED");
    assertThat(accounts()).containsExactly("last");
    HttpCalls foreign =
        SharedServer.anonymous().with("x-nl3-api-token", TestCompany.create().apiKey());
    Problems.expect(foreign.get(location), 404, "not-found");
    Problems.expect(SharedServer.anonymous().get(location), 401, "credential-missing");
  }

  @Test
  @DisplayName("of more than 256 KiB is refused with 413")
  void tooLarge() {
    Problems.expect(
        calls.post(PATH, "[" + row("ana", application.url()) + "]" + " ".repeat(256 * 1024)),
        413,
        "content-too-large");
    assertThat(accounts()).isEmpty();
  }

  @ParameterizedTest
  @DisplayName("that is no array is malformed")
  @ValueSource(strings = {"{}", "", "7", "[", "[{]", "null", "[]]"})
  void noArray(String body) {
    Problems.expect(calls.post(PATH, body), 400, "malformed-request");
  }

  @Test
  @DisplayName("of more rows than can be worked off is malformed, and holds up no other")
  void tooManyRows() {
    Problems.expect(calls.post(PATH, "[" + "1,".repeat(5000) + "1]"), 400, "malformed-request");
    calls.post(PATH, "[" + "1,".repeat(4999) + "1]").expect(202);
  }

  @Test
  @DisplayName("of no rows does nothing")
  void empty() {
    assertThat(results(calls.post(PATH, "[]").expect(200).json())).isEmpty();
  }

  private String user(String username, String email) {
    return company
        .administrator()
        .post(
            "/api/v1/companies/" + company.id() + "/users",
            "{\"username\":\"%s\",\"email\":\"%s\",\"first_name\":\"Ana\",\"last_name\":\"Berg\"}"
                .formatted(username, email))
        .expect(201)
        .json()
        .getString("id");
  }

  private int users() {
    return company
        .administrator()
        .get("/api/v1/companies/" + company.id() + "/users")
        .json()
        .getInt("totalItems");
  }

  private List<String> activities() {
    return company.activity("").stream().map(entry -> entry.getString("type")).toList();
  }

  private static String row(String name, String domain) {
    return """
        {"first_name":"Ana","last_name":"Berg","email":"%s@example.com","domain":"%s",\
        "phone":"+49 30 901820","userAccountId":"%s"}"""
        .formatted(name, domain, name);
  }

  private static String people(String domain) {
    return IntStream.range(0, PEOPLE)
        .mapToObj(i -> row("person-" + i, domain))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String badRows(int count) {
    return IntStream.range(0, count).mapToObj(i -> "7").collect(Collectors.joining(",", "[", "]"));
  }

  private static List<JsonObject> results(JsonObject answer) {
    return answer.getJsonArray("results").getValuesAs(JsonObject.class);
  }

  private static List<String> pointers(JsonObject result) {
    return result.getJsonArray("errors").getValuesAs(JsonObject.class).stream()
        .map(e -> e.getString("pointer"))
        .toList();
  }

  private List<String> accounts() {
    return company
        .administrator()
        .get("/api/v1/applications/" + application.id() + "/accounts")
        .json()
        .getJsonArray("items")
        .getValuesAs(JsonObject.class)
        .stream()
        .map(a -> a.getString("userAccountId"))
        .toList();
  }
}
