package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.testing.TestJson.JSON;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.drawbridge.testing.Await;
import org.drawbridge.testing.DomainToken;
import org.drawbridge.testing.HeldAccount;
import org.drawbridge.testing.HttpCalls;
import org.drawbridge.testing.HttpCalls.Answer;
import org.drawbridge.testing.MailServer;
import org.drawbridge.testing.Problems;
import org.drawbridge.testing.SharedServer;
import org.drawbridge.testing.Simultaneously;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.drawbridge.testing.TestDatabase;
import org.drawbridge.testing.TestPerson;
import org.drawbridge.testing.TestPolicies;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An unlock request")
class UnlockRequestsIT {

  private static final String LIST = "/api/v1/me/unlock-requests";
  private static final String LOGIN =
      "{\"userIP\":\"198.51.100.7\",\"userDevice\":\"Firefox\\r\\nBcc: x https://evil.example/login\",\"userLocation\":\"Bern\"}";

  private final TestCompany company = TestCompany.create();
  private final TestApplication application = company.application();
  private final TestPerson ana = TestPerson.signedUp(application);
  private final HttpCalls session = ana.signIn();
  private final String account =
      ana.user().getJsonArray("accounts").getJsonObject(0).getString("id");

  @Test
  @DisplayName("is opened by a blocked login, told by mail, and unlocks with the owner's passkey")
  void wholeWay() throws Exception {
    application.lock(account);
    assertThat(login().getBoolean("locked")).isTrue();
    String mail =
        MailServer.text(MailServer.shared().mail(ana.username(), "A login to " + ana.subject()));
    assertThat(mail)
        .contains("198.51.100.7", "Bern", "Firefox Bcc: x", SharedServer.get().url() + "/requests/")
        .doesNotContain("\nBcc", "evil.example");
    JsonObject request = TestPerson.unlockRequest(session);
    assertThat(request.getString("state")).isEqualTo("PENDING");
    assertThat(request.getString("userAccountId")).isEqualTo(ana.subject());
    assertThat(request.getJsonObject("latestAttempt").getString("userIP"))
        .isEqualTo("198.51.100.7");
    assertThat(request.getJsonArray("numbers")).isEmpty();
    Instant expiry = Instant.parse(request.getString("expiryDate"));
    assertThat(expiry)
        .isEqualTo(Instant.parse(request.getString("openedDate")).plus(Duration.ofMinutes(10)));

    String id = request.getString("id");
    JsonObject started = start(id, "{\"minutes\":5}").expect(200).json();
    String document = started.getString("document");
    assertThat(document).contains(id, "\"APPROVE\"", "\"minutes\":5", ana.subject());
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(document.getBytes(StandardCharsets.UTF_8));
    assertThat(started.getJsonObject("publicKey").getString("challenge"))
        .isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(digest));
    JsonObject approved = ana.approve(session, id, started).expect(200).json();
    assertThat(approved.getString("state")).isEqualTo("APPROVED");
    assertThat(approved.getString("decidedDate")).isNotEmpty();
    assertThat(login().getBoolean("locked")).isFalse();
    JsonObject explanation =
        session.get("/api/v1/me/accounts/" + account + "/explanation").expect(200).json();
    assertThat(explanation.getJsonObject("nextChange").getString("event"))
        .isEqualTo("the end of the unlock");
    assertThat(explanation.getString("latestChange")).contains("unlock request");
    Problems.expect(start(id, "{}"), 409, "unlock-request-closed");
  }

  @Test
  @DisplayName("is one, with one mail, for fifty logins at once, which it counts")
  void flood() {
    application.lock(account);
    Simultaneously.call(50, i -> login());
    JsonArray requests = session.get(LIST).expect(200).jsonArray();
    assertThat(requests).hasSize(1);
    assertThat(requests.getJsonObject(0).getInt("attempts")).isEqualTo(50);
    MailServer.shared().mail(ana.username(), "A login to");
    login();
    assertThat(mails("A login to")).isEqualTo(1);
  }

  @Test
  @DisplayName("does not count a retry of the same check")
  void retried() {
    application.lock(account);
    DomainToken token = application.token(ana.subject());
    application.check(token).expect(200);
    application.check(token).expect(200);
    assertThat(TestPerson.unlockRequest(session).getInt("attempts")).isEqualTo(1);
  }

  @Test
  @DisplayName("that is denied keeps the account locked, and the owner is not asked again at once")
  void denied() {
    application.lock(account);
    login();
    String id = TestPerson.unlockRequest(session).getString("id");
    assertThat(session.post(LIST + "/" + id + "/denial").expect(200).json().getString("state"))
        .isEqualTo("DENIED");
    Problems.expect(session.post(LIST + "/" + id + "/denial"), 409, "unlock-request-closed");
    Problems.expect(session.post(LIST + "/" + id + "/report"), 409, "unlock-request-closed");
    Problems.expect(start(id, "{}"), 409, "unlock-request-closed");
    assertThat(login().getBoolean("locked")).isTrue();
    assertThat(session.get(LIST).expect(200).jsonArray()).hasSize(1);
    assertThat(TestPerson.unlockRequest(session).getInt("attempts")).isEqualTo(2);
  }

  @Test
  @DisplayName("that is reported takes the person's accounts in the order in which policies do")
  void reportedInOrder() {
    TestDatabase database = SharedServer.database();
    String second =
        application.account("second", ",\"userId\":\"" + ana.user().getString("id") + "\"");
    application.lock(second);
    application.check(application.token("second")).expect(200);
    String report = LIST + "/" + TestPerson.unlockRequest(session).getString("id") + "/report";
    CompletableFuture<Answer> reported;
    try (HeldAccount first = new HeldAccount(database, account)) {
      reported = CompletableFuture.supplyAsync(() -> session.post(report));
      assertThat(first.isWaitedFor()).isTrue();
      assertThat(first.canTake(second)).isTrue();
    }
    reported.join().expect(200);
    assertThat(application.isLocked(ana.subject())).isTrue();
  }

  @Test
  @DisplayName("that is reported locks all the person's accounts, and alerts the administrators")
  void reported() {
    String officer = "officer-" + UUID.randomUUID() + "@example.com";
    company
        .administrator()
        .post(
            "/api/v1/companies/" + company.id() + "/administrators",
            "{\"name\":\"Security officer\",\"email\":\"%s\"}".formatted(officer))
        .expect(201);
    application.account("second", ",\"userId\":\"" + ana.user().getString("id") + "\"");
    application.lock(account);
    assertThat(application.isLocked("second")).isFalse();
    login();
    String id = TestPerson.unlockRequest(session).getString("id");
    assertThat(session.post(LIST + "/" + id + "/report").expect(200).json().getString("state"))
        .isEqualTo("REPORTED");
    assertThat(application.isLocked("second")).isTrue();
    assertThat(MailServer.text(MailServer.shared().mail(officer, "not theirs")))
        .contains(ana.username(), "198.51.100.7");
  }

  @Test
  @DisplayName("wants the number that the login page shows, where the company matches numbers")
  void numbers() {
    matchNumbers();
    application.lock(account);
    String shown = login().getString("number");
    assertThat(shown).matches("[1-9][0-9]");
    JsonObject request = TestPerson.unlockRequest(session);
    List<Integer> choices =
        request.getJsonArray("numbers").getValuesAs(JsonNumber.class).stream()
            .map(JsonNumber::intValue)
            .toList();
    assertThat(choices).hasSize(3).contains(Integer.parseInt(shown)).doesNotHaveDuplicates();
    assertThat(login().getString("number")).as("for whoever looks again").isEqualTo(shown);
    assertThat(request.keySet()).doesNotContain("matchingNumber", "number");
    ana.approve(session, request.getString("id"), "{\"number\":" + shown + "}").expect(200);
    assertThat(login().getBoolean("locked")).isFalse();
  }

  @Test
  @DisplayName("is denied by the wrong number, and by none")
  void wrongNumber() {
    matchNumbers();
    application.lock(account);
    int shown = Integer.parseInt(login().getString("number"));
    String id = TestPerson.unlockRequest(session).getString("id");
    Problems.expect(
        start(id, "{\"number\":" + (shown == 99 ? 98 : shown + 1) + "}"), 403, "number-wrong");
    Problems.expect(start(id, "{\"number\":" + shown + "}"), 409, "unlock-request-closed");
    assertThat(login().getBoolean("locked")).isTrue();

    TestPerson ben = TestPerson.signedUp(application);
    HttpCalls bens = ben.signIn();
    application.lock(ben.user().getJsonArray("accounts").getJsonObject(0).getString("id"));
    application.check(ben.subject()).expect(200);
    String second = TestPerson.unlockRequest(bens).getString("id");
    Problems.expect(bens.post(LIST + "/" + second + "/approval/start"), 403, "number-wrong");
  }

  @Test
  @DisplayName("is its owner's alone, and a signature is for one request and one use")
  void foreign() {
    application.lock(account);
    login();
    String id = TestPerson.unlockRequest(session).getString("id");
    TestPerson ben = TestPerson.signedUp(application);
    HttpCalls bens = ben.signIn();
    for (String call : List.of("/approval/start", "/denial", "/report")) {
      Problems.expect(bens.post(LIST + "/" + id + call), 404, "not-found");
    }
    assertThat(bens.get(LIST).expect(200).jsonArray()).isEmpty();

    application.lock(ben.user().getJsonArray("accounts").getJsonObject(0).getString("id"));
    application.check(ben.subject()).expect(200);
    String bensId = TestPerson.unlockRequest(bens).getString("id");
    JsonObject bensStarted = bens.post(LIST + "/" + bensId + "/approval/start").json();
    Problems.expect(ana.approve(session, id, bensStarted), 403, "ceremony-unknown");

    JsonObject started = start(id, "{}").expect(200).json();
    Problems.expect(ben.approve(session, id, started), 403, "credential-unknown");
    Problems.expect(ana.approve(session, id, started), 403, "ceremony-unknown");
    assertThat(application.isLocked(ana.subject())).isTrue();
    TestPerson.SignIn signIn = TestPerson.SignIn.of(SharedServer.anonymous());
    JsonObject swapped =
        JSON.createObjectBuilder()
            .add("ceremonyId", signIn.started().getString("ceremonyId"))
            .add("publicKey", signIn.started().getJsonObject("publicKey"))
            .build();
    Problems.expect(ana.approve(session, id, swapped), 403, "ceremony-unknown");
  }

  @Test
  @DisplayName("needs a session")
  void unauthorized() {
    Problems.expect(SharedServer.anonymous().get(LIST), 401, "credential-missing");
  }

  @Test
  @DisplayName("is not opened where a policy holds the account, or the account is nobody's")
  void notOverridable() {
    TestPolicies policies = TestPolicies.of(company);
    String policy = policies.alert("LOCK");
    policies.addMember(policy, account);
    policies.execute(policy);
    assertThat(login().getBoolean("locked")).isTrue();
    assertThat(session.get(LIST).expect(200).jsonArray()).isEmpty();
    Problems.expect(request(), 409, "unlock-forbidden");
    policies.delete(policy).expect(200);
    String another =
        policies.create(
            "\"policyType\":\"ALERT\",\"alertAction\":\"ALLOW_UNLOCK\",\"allowUnlock\":false");
    policies.addMember(another, account);
    policies.execute(another);
    Await.until(Duration.ofSeconds(30), () -> application.isLocked(ana.subject()));
    assertThat(login().getBoolean("locked")).isTrue();
    Problems.expect(request(), 409, "unlock-forbidden");
    application.lock(application.account("nobodys"));
    assertThat(application.isLocked("nobodys")).isTrue();
    assertThat(
            company
                .administrator()
                .get("/api/v1/companies/" + company.id() + "/activity?pageSize=200")
                .expect(200)
                .text())
        .doesNotContain("unlock-requested");
  }

  @Test
  @DisplayName("is opened by an account lock check, too")
  void lockCheck() {
    application.lock(account);
    application
        .calls("somebody-else")
        .post("/nl3/api/v1/sdk/accountLockCheck", "{\"userAccountId\":\"" + ana.subject() + "\"}")
        .expect(200);
    assertThat(TestPerson.unlockRequest(session).getString("state")).isEqualTo("PENDING");
  }

  @Test
  @DisplayName("overrides a policy that leaves it to the user")
  void overridable() {
    TestPolicies policies = TestPolicies.of(company);
    String policy = policies.alert("ALLOW_UNLOCK");
    policies.addMember(policy, account);
    policies.execute(policy);
    assertThat(login().getBoolean("locked")).isTrue();
    ana.approve(session, TestPerson.unlockRequest(session).getString("id"), "{}").expect(200);
    assertThat(login().getBoolean("locked")).isFalse();
  }

  @Test
  @DisplayName("can be made without a login; a second one is the first")
  void ownWish() {
    matchNumbers();
    application.lock(account);
    String id = request().expect(201).json().getString("id");
    assertThat(request().expect(201).json().getString("id")).isEqualTo(id);
    ana.approve(session, id, "{}").expect(200);
    assertThat(application.isLocked(ana.subject())).isFalse();
    assertThat(session.post(LIST, "{}").expect(400).wrongMembers()).containsExactly("/accountId");
    TestPerson ben = TestPerson.signedUp(application);
    Problems.expect(
        ben.signIn().post(LIST, "{\"accountId\":\"" + account + "\"}"), 404, "not-found");
  }

  @Test
  @DisplayName("expires after ten minutes; the next blocked login opens another")
  void expiry() {
    application.lock(account);
    login();
    String id = TestPerson.unlockRequest(session).getString("id");
    SharedServer.database()
        .execute(
            "update unlock_requests set expiry = expiry - interval '10 minutes' where id = ?",
            UUID.fromString(id));
    Problems.expect(start(id, "{}"), 409, "unlock-request-closed");
    assertThat(TestPerson.unlockRequest(session).getString("state")).isEqualTo("EXPIRED");
    login();
    assertThat(TestPerson.unlockRequest(session).getString("id")).isNotEqualTo(id);
    Await.until(Duration.ofSeconds(30), () -> mails("A login to") == 2);
    assertThat(mails("A login to")).isEqualTo(2);
  }

  @Test
  @DisplayName("is told on the channels that its owner prefers")
  void preferences() {
    company
        .administrator()
        .patch("/api/v1/users/" + ana.user().getString("id"), "{\"allowEmailNotification\":false}")
        .expect(200);
    application.lock(account);
    login();
    TestPerson ben = TestPerson.signedUp(application);
    application.lock(ben.user().getJsonArray("accounts").getJsonObject(0).getString("id"));
    application.check(ben.subject()).expect(200);
    MailServer.shared().mail(ben.username(), "A login to");
    assertThat(mails("A login to")).isZero();
    assertThat(session.get(LIST).expect(200).jsonArray()).hasSize(1);
  }

  private JsonObject login() {
    return application
        .calls(ana.subject())
        .post("/v1/AccountProtectionCheck", LOGIN)
        .expect(200)
        .json();
  }

  private Answer start(String id, String wish) {
    return session.post(LIST + "/" + id + "/approval/start", wish);
  }

  private Answer request() {
    return session.post(LIST, "{\"accountId\":\"" + account + "\"}");
  }

  private void matchNumbers() {
    assertThat(
            company
                .administrator()
                .patch("/api/v1/companies/" + company.id(), "{\"numberMatching\":true}")
                .expect(200)
                .json()
                .getBoolean("numberMatching"))
        .isTrue();
  }

  private long mails(String words) {
    return MailServer.shared().mails(ana.username()).stream()
        .filter(mail -> MailServer.subject(mail).contains(words))
        .count();
  }
}
