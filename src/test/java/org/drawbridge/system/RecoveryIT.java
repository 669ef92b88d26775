package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;
import org.drawbridge.testing.HttpCalls;
import org.drawbridge.testing.HttpCalls.Answer;
import org.drawbridge.testing.MailServer;
import org.drawbridge.testing.Problems;
import org.drawbridge.testing.SharedServer;
import org.drawbridge.testing.Simultaneously;
import org.drawbridge.testing.SoftwareAuthenticator;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.drawbridge.testing.TestPerson;
import org.drawbridge.testing.TestPerson.SignIn;
import org.drawbridge.testing.TestPolicies;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A person who lost the only passkey")
class RecoveryIT {

  private final TestCompany company = TestCompany.create();
  private final TestApplication application = company.application();
  private final TestPerson ana = TestPerson.signedUp(application);
  private final HttpCalls anonymous = SharedServer.anonymous();

  @Test
  @DisplayName("makes another one with one of ten recovery codes, each of which counts once")
  void recoveryCode() {
    List<String> codes = codes();
    assertThat(codes).hasSize(10).doesNotHaveDuplicates();
    MailServer.shared().mail(ana.username(), "ecovery codes were made");
    String typed = codes.get(3).toUpperCase(Locale.ROOT).replace("-", " ");
    JsonObject recovered = recover(ana.username(), typed).expect(200).json();
    Problems.expect(recover(ana.username(), typed), 403, "recovery-refused");
    MailServer.shared().mail(ana.username(), "ecovery code was used");

    HttpCalls calls = enrolled(recovered.getString("enrolmentToken"));
    assertThat(calls.get("/api/v1/me/recovery-codes").expect(200).json().getInt("left"))
        .isEqualTo(9);
    assertThat(calls.get("/api/v1/me/credentials").expect(200).jsonArray()).hasSize(2);
    List<Answer> answers = Simultaneously.call(5, i -> recover(ana.username(), codes.get(4)));
    assertThat(answers.stream().filter(a -> a.status() == 200)).hasSize(1);
    codes();
    Problems.expect(recover(ana.username(), codes.get(5)), 403, "recovery-refused");
  }

  @Test
  @DisplayName("is not told whether the name or the code was wrong")
  void refused() {
    Answer name = Problems.expect(recover("nobody", "0000"), 403, "recovery-refused");
    Answer code = Problems.expect(recover(ana.username(), "0000"), 403, "recovery-refused");
    assertThat(Problems.withoutInstance(name)).isEqualTo(Problems.withoutInstance(code));
    TestPerson ben = TestPerson.signedUp(application);
    Problems.expect(recover(ben.username(), codes().get(0)), 403, "recovery-refused");
  }

  @Test
  @DisplayName(
      "is reset by an administrator: no passkey and no session is left, and a mail has a link")
  void reset() {
    HttpCalls before = ana.signIn();
    List<String> codes = codes();
    String id = ana.user().getString("id");
    company.administrator().post("/api/v1/users/" + id + "/reset").expect(202);
    Problems.expect(before.get("/api/v1/me"), 401, "credential-refused");
    Problems.expect(SignIn.of(anonymous).finish(ana.here()), 403, "credential-unknown");
    Problems.expect(recover(ana.username(), codes.get(0)), 403, "recovery-refused");

    String token = linked(ana.username(), "were removed");
    HttpCalls calls = enrolled(token);
    assertThat(calls.get("/api/v1/me").expect(200).json().getJsonObject("user").getString("id"))
        .isEqualTo(id);
    Problems.expect(link(token).get("/api/v1/enrolment"), 403, "enrolment-used");
    assertThat(
            company
                .administrator()
                .get("/api/v1/companies/" + company.id() + "/activity?type=user-reset")
                .expect(200)
                .json()
                .getJsonArray("items"))
        .hasSize(1);
  }

  @Test
  @DisplayName("is invited anew, and the older link counts no more")
  void invited() {
    String user = company.user("");
    String email = company.administrator().get("/api/v1/users/" + user).json().getString("email");
    company.administrator().post("/api/v1/users/" + user + "/enrolment").expect(202);
    String first = linked(email, "Make your passkey");
    JsonObject told = link(first).get("/api/v1/enrolment").expect(200).json();
    assertThat(told.getString("kind")).isEqualTo("USER");
    company.administrator().post("/api/v1/users/" + user + "/enrolment").expect(202);
    Problems.expect(link(first).get("/api/v1/enrolment"), 403, "enrolment-unknown");
    Problems.expect(
        TestCompany.create().administrator().anonymous().post("/api/v1/users/" + user + "/reset"),
        401,
        "credential-missing");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"\"email\":\"new@example.com\"", "\"phone\":null"})
  @DisplayName("makes none behind a link that went to an address which was changed since")
  void addressChanged(String change) {
    String user = "/api/v1/users/" + company.user(",\"phone\":\"+49 30 901820\"");
    HttpCalls administrator = company.administrator();
    administrator.post(user + "/enrolment").expect(202);
    String email = administrator.get(user).json().getString("email");
    String token = linked(email, "Make your passkey");
    administrator
        .patch(user, "{\"email\":\"%s\",\"phone\":\"+49 30 901820\"}".formatted(email))
        .expect(200);
    link(token).get("/api/v1/enrolment").expect(200);
    administrator.patch(user, "{" + change + "}").expect(200);
    Problems.expect(link(token).get("/api/v1/enrolment"), 403, "enrolment-unknown");
  }

  @Test
  @DisplayName("makes none behind a link that ends while it is being made")
  void linkEndsMeanwhile() {
    String user = company.user("");
    company.administrator().post("/api/v1/users/" + user + "/enrolment").expect(202);
    String email = company.administrator().get("/api/v1/users/" + user).json().getString("email");
    HttpCalls link = link(linked(email, "Make your passkey"));
    String passkey = passkey(link, "/api/v1/enrolment/passkey");
    Answer refused =
        SharedServer.database()
            .during(
                () -> link.post("/api/v1/enrolment/passkey", passkey),
                held(user),
                "delete from enrolments where user_id = '" + user + "'");
    Problems.expect(refused, 403, "enrolment-unknown");
  }

  @Test
  @DisplayName("is left no passkey that was being made in a session which a reset ends")
  void passkeyWhileReset() {
    HttpCalls session = ana.signIn();
    String passkey = passkey(session, "/api/v1/me/credentials");
    Problems.expect(
        whileReset(() -> session.post("/api/v1/me/credentials", passkey)),
        401,
        "credential-refused");
    assertThat(ana.signIn().get("/api/v1/me/credentials").expect(200).jsonArray()).hasSize(1);
  }

  @Test
  @DisplayName("is left no recovery codes that were being made in a session which a reset ends")
  void codesWhileReset() {
    HttpCalls session = ana.signIn();
    Problems.expect(
        whileReset(() -> session.post("/api/v1/me/recovery-codes")), 401, "credential-refused");
    JsonObject codes = ana.signIn().get("/api/v1/me/recovery-codes").expect(200).json();
    assertThat(codes.getInt("left")).isZero();
  }

  private Answer whileReset(Supplier<Answer> call) {
    String id = ana.user().getString("id");
    return SharedServer.database()
        .during(
            call, held(id), "update sessions set ended_at = now() where user_id = '" + id + "'");
  }

  /** What holds the user, as a reset or a change of the address does. */
  private static String held(String user) {
    return "select 1 from users where id = '" + user + "' for no key update";
  }

  /** Makes a passkey; answers what finishes the ceremony. */
  private static String passkey(HttpCalls calls, String path) {
    JsonObject started = calls.post(path + "/start").expect(200).json();
    return "{\"ceremonyId\":\"%s\",\"credential\":%s}"
        .formatted(
            started.getString("ceremonyId"),
            new SoftwareAuthenticator(SharedServer.get().url().toString())
                .create(started.getJsonObject("publicKey")));
  }

  @Test
  @DisplayName("is let in by a break-glass code, once and for its minutes, even past a LOCK policy")
  void breakGlass() {
    String officer = "officer-" + UUID.randomUUID() + "@example.com";
    company
        .administrator()
        .post(
            "/api/v1/companies/" + company.id() + "/administrators",
            "{\"name\":\"Security officer\",\"email\":\"%s\"}".formatted(officer))
        .expect(201);
    String path = "/api/v1/companies/" + company.id() + "/break-glass-codes";
    List<JsonObject> issued =
        company
            .administrator()
            .post(path, "{\"count\":3,\"minutes\":10}")
            .expect(201)
            .jsonArray()
            .getValuesAs(JsonObject.class);
    assertThat(issued).hasSize(3);
    TestPolicies policies = TestPolicies.of(company);
    String policy = policies.alert("LOCK");
    String account = ana.user().getJsonArray("accounts").getJsonObject(0).getString("id");
    policies.addMember(policy, account);
    policies.execute(policy);
    assertThat(application.isLocked(ana.subject())).isTrue();

    String code = issued.get(0).getString("code");
    Problems.expect(broken(code, "nobody"), 403, "break-glass-refused");
    Problems.expect(broken("0000-" + code, ana.subject()), 403, "break-glass-refused");
    assertThat(application.isLocked(ana.subject())).isTrue();
    List<Answer> answers = Simultaneously.call(4, i -> broken(code, ana.subject()));
    assertThat(answers.stream().filter(a -> a.status() == 403)).hasSize(3);
    JsonObject broken =
        answers.stream().filter(a -> a.status() == 200).findFirst().orElseThrow().json();
    assertThat(Instant.parse(broken.getString("unlockedUntil")))
        .isBetween(Instant.now().plusSeconds(540), Instant.now().plusSeconds(601));
    assertThat(application.isLocked(ana.subject())).isFalse();
    MailServer.shared().mail(officer, "break-glass");
    MailServer.shared().mail(ana.username(), "break-glass");
    assertThat(
            enrolled(broken.getString("enrolmentToken"))
                .get("/api/v1/me/credentials")
                .expect(200)
                .jsonArray())
        .hasSize(2);

    company.administrator().delete(path + "/" + issued.get(1).getString("id")).expect(204);
    Problems.expect(
        broken(issued.get(1).getString("code"), ana.subject()), 403, "break-glass-refused");
    JsonObject used =
        company
            .administrator()
            .get(path)
            .expect(200)
            .jsonArray()
            .getValuesAs(JsonObject.class)
            .stream()
            .filter(c -> c.getString("id").equals(issued.get(0).getString("id")))
            .findFirst()
            .orElseThrow();
    assertThat(used.getString("usedForAccount")).isEqualTo(account);
    assertThat(used.keySet()).doesNotContain("code");
    assertThat(application.lockChanges(account).toString())
        .contains("BREAK_GLASS", "lost everything");
  }

  @Test
  @DisplayName("used a break-glass code, and revoking it at that moment does not make that undone")
  void revokedAtOnce() {
    String path = "/api/v1/companies/" + company.id() + "/break-glass-codes";
    HttpCalls administrator = company.administrator();
    String id =
        administrator
            .post(path, "{\"count\":1,\"minutes\":10}")
            .expect(201)
            .jsonArray()
            .getJsonObject(0)
            .getString("id");
    SharedServer.database()
        .during(
            () -> administrator.delete(path + "/" + id).expect(204),
            "update break_glass_codes set used_at = now() where id = '" + id + "'");
    JsonObject code = administrator.get(path).expect(200).jsonArray().getJsonObject(0);
    assertThat(code.isNull("usedDate")).isFalse();
    assertThat(code.isNull("revokedDate")).isTrue();
  }

  private Answer broken(String code, String subject) {
    return anonymous.post(
        "/api/v1/break-glass",
        "{\"companyId\":\"%s\",\"code\":\"%s\",\"applicationId\":\"%s\",\"userAccountId\":\"%s\",\"reason\":\"lost everything\"}"
            .formatted(company.id(), code, application.id(), subject));
  }

  /** The token of the link in the newest such mail. */
  static String linked(String email, String words) {
    String text = MailServer.text(MailServer.shared().mail(email, words));
    return text.replaceAll("(?s).*auth-token=([\\w-]+).*", "$1");
  }

  static HttpCalls link(String token) {
    return SharedServer.anonymous().with("x-drawbridge-enrolment", token);
  }

  /** Makes a passkey behind the link; answers the session that begins with it. */
  static HttpCalls enrolled(String token) {
    String path = "/api/v1/enrolment/passkey";
    return TestPerson.session(link(token).post(path, passkey(link(token), path)).expect(201));
  }

  private Answer recover(String username, String code) {
    return anonymous.post(
        "/api/v1/recovery",
        "{\"companyId\":\"%s\",\"username\":\"%s\",\"code\":\"%s\"}"
            .formatted(company.id(), username, code));
  }

  private List<String> codes() {
    return ana
        .signIn()
        .post("/api/v1/me/recovery-codes")
        .expect(201)
        .json()
        .getJsonArray("codes")
        .stream()
        .map(code -> code.toString().replace("\"", ""))
        .toList();
  }
}
