package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.testing.TestJson.JSON;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.drawbridge.testing.Auth0Tenant;
import org.drawbridge.testing.Await;
import org.drawbridge.testing.ChallengeClient;
import org.drawbridge.testing.HttpCalls;
import org.drawbridge.testing.MailServer;
import org.drawbridge.testing.NodePackage;
import org.drawbridge.testing.Problems;
import org.drawbridge.testing.RunningServer;
import org.drawbridge.testing.SharedServer;
import org.drawbridge.testing.SmsGateway;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.drawbridge.testing.TestPerson;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The pack of Auth0 Actions")
class Auth0PackIT {

  private static final String ALLOWED = "ana@example.com";
  private static final String LOCKED = "bob@trash.example";
  private static final String TENANT = "https://tenant.auth0.example";
  private static final String RECORDED =
      "authentication.recordMethod[\"https://" + Auth0Tenant.API_HOST + "/challenge/\"]";

  private static final NodePackage TOOL = new NodePackage("auth0-deploy");

  private final TestCompany company = TestCompany.create();
  private final TestApplication application = company.application();
  private final HttpCalls administrator = company.administrator();

  private enum Situation {
    ALLOWED,
    LOCKED,
    UNKNOWN,
    CHALLENGE,
    DOWN,
    SLOW,
    WRONG_KEY;

    boolean isUnanswered() {
      return compareTo(DOWN) >= 0;
    }
  }

  private static final List<String> TRIGGERS =
      List.of(
          "post-login",
          "credentials-exchange",
          "pre-user-registration",
          "post-user-registration",
          "post-change-password",
          "send-phone-message",
          "custom-phone-provider",
          "password-reset-post-challenge");

  @Test
  @DisplayName("decides every trigger as configured, whatever the service answers, within its time")
  void matrix() {
    assumeFalse(SharedServer.isOnPostgres(), "The Actions are the same: once is enough");
    application.account(ALLOWED);
    application.lock(application.account(LOCKED));
    administrator
        .patch(
            "/api/v1/companies/" + company.id() + "/registration-rules",
            "{\"deniedDomains\":[\"trash.example\"]}")
        .expect(200);
    Map<String, String> expected = new TreeMap<>();
    List<String> names = new ArrayList<>();
    List<JsonObject> scenarios = new ArrayList<>();
    for (String trigger : TRIGGERS) {
      for (Situation situation : Situation.values()) {
        for (boolean open : new boolean[] {false, true}) {
          String name = trigger + " " + situation + (open ? " open" : "");
          expected.put(name, expected(trigger, situation, open));
          names.add(name);
          scenarios.add(scenario(trigger, situation, open, names.size()));
        }
      }
    }
    List<JsonObject> results = Auth0Tenant.run(scenarios);
    Map<String, String> actual = new TreeMap<>();
    for (int i = 0; i < results.size(); i++) {
      actual.put(names.get(i), outcome(results.get(i)));
      assertThat(results.get(i).getInt("ms")).as(names.get(i)).isLessThan(10_500);
    }
    assertThat(actual).isEqualTo(expected);
  }

  private JsonObject scenario(String trigger, Situation situation, boolean open, int number) {
    String name =
        switch (situation) {
          case LOCKED -> LOCKED;
          case UNKNOWN -> "nobody@example.com";
          default -> ALLOWED;
        };
    Map<String, String> secrets = new HashMap<>();
    if (open) {
      secrets.put("FAIL_OPEN", "true");
    }
    if (situation == Situation.CHALLENGE) {
      secrets.put("CHALLENGE_ROLES", "Admin");
      secrets.put("STEP_UP", "true");
    }
    if (situation == Situation.WRONG_KEY) {
      secrets.put("SIGNING_KEY", company.application().key());
    }
    JsonObjectBuilder more = JSON.createObjectBuilder();
    if (situation == Situation.DOWN) {
      more.add("fault", JSON.createObjectBuilder().add("kind", "refuse"));
    }
    if (situation == Situation.SLOW) {
      more.add("fault", JSON.createObjectBuilder().add("kind", "delay").add("ms", 6000));
    }
    String recipient = "+1555" + (1_000_000 + number);
    JsonObject event =
        JSON.createObjectBuilder()
            .add("user", JSON.createObjectBuilder().add("email", name))
            .add("client", JSON.createObjectBuilder().add("client_id", name))
            .add(
                "authorization",
                JSON.createObjectBuilder().add("roles", JSON.createArrayBuilder().add("Admin")))
            .add("message_options", JSON.createObjectBuilder().add("recipient", recipient))
            .add("notification", JSON.createObjectBuilder().add("recipient", recipient))
            .build();
    return tenant(trigger).scenario(trigger, secrets, event, more);
  }

  private static String expected(String trigger, Situation situation, boolean open) {
    boolean unanswered = situation.isUnanswered();
    boolean denied = situation == Situation.LOCKED || (unanswered && !open);
    return switch (trigger) {
      case "post-login" ->
          denied
              ? "access.deny[\"Login failed\"]"
              : situation == Situation.CHALLENGE
                  ? "multifactor.enable[\"any\",{\"allowRememberBrowser\":false}]"
                  : "";
      case "credentials-exchange" ->
          !denied
              ? ""
              : "access.deny[\"%s\",\"Login failed\"]"
                  .formatted(unanswered ? "server_error" : "invalid_request");
      case "password-reset-post-challenge" ->
          denied
              ? "access.deny[\"Login failed\"]"
              : situation == Situation.CHALLENGE
                  ? "authentication.challengeWith[{\"type\":\"otp\"},{\"additionalFactors\":[]}]"
                  : "";
      case "pre-user-registration" ->
          denied
              ? "access.deny[\"%s\",\"Login failed\"]"
                  .formatted(unanswered ? "drawbridge_unavailable" : "DOMAIN_DENIED")
              : "user.setAppMetadata[\"drawbridge\",{\"registration\":\"%s\"}]"
                  .formatted(unanswered ? "UNCHECKED" : "ALLOWED");
      case "send-phone-message" ->
          !unanswered
              ? ""
              : "failed: drawbridge: the message was not sent (%s)"
                  .formatted(
                      switch (situation) {
                        case DOWN -> "ECONNREFUSED,ECONNREFUSED";
                        case SLOW -> "timeout,timeout";
                        default -> "http-401";
                      });
      case "custom-phone-provider" ->
          !unanswered
              ? ""
              : situation == Situation.WRONG_KEY
                  ? "notification.drop[\"drawbridge: refused\"]"
                  : "notification.retry[\"drawbridge: no answer\"]";
      default -> "";
    };
  }

  private static String outcome(JsonObject result) {
    if (!result.isNull("error")) {
      return "failed: " + result.getString("error");
    }
    return result.getJsonArray("calls").getValuesAs(JsonObject.class).stream()
        .map(call -> call.getString("name") + call.getJsonArray("args"))
        .collect(Collectors.joining(" "));
  }

  @Test
  @DisplayName("sends a locked person to unlock, and lets the login go on once that is done")
  void unlockPage() {
    String account = application.account(ALLOWED);
    application.lock(account);
    Map<String, String> secrets = Map.of("UNLOCK_PAGE", "https://api.drawbridge.test/requests/");
    assertThat(outcome(run("post-login", secrets, false)))
        .isEqualTo(
            "redirect.sendUserTo[\"https://api.drawbridge.test/requests/\","
                + "{\"query\":{\"continue\":\""
                + TENANT
                + "/continue\"}}]");
    assertThat(outcome(run("post-login", secrets, true))).startsWith("access.deny");
    application.unlock(account);
    assertThat(outcome(run("post-login", secrets, true))).isEmpty();
  }

  @Test
  @DisplayName("tells applications how the account stands, in claims")
  void claims() {
    String account = application.account(ALLOWED);
    application.lock(account);
    application.unlock(account);
    Map<String, String> secrets = Map.of("CLAIMS", "https://app.example.com");
    String claims = outcome(run("post-login", secrets, false));
    assertThat(claims)
        .contains("idToken.setCustomClaim[\"https://app.example.com/lock_state\",\"UNLOCKED\"]")
        .contains("idToken.setCustomClaim[\"https://app.example.com/assurance\",\"ADMINISTRATOR\"]")
        .contains("accessToken.setCustomClaim[\"https://app.example.com/last_unlock\",\"20");
  }

  @Test
  @DisplayName("has people answer a challenge first, where the rules in Drawbridge want that")
  void challenge() {
    application.account(ALLOWED);
    ChallengeClient client = challenging();
    String path = "/api/v1/companies/" + company.id() + "/challenge-";
    Map<String, String> secrets = Map.of("CHALLENGE_SECRET", client.secret());
    for (String trigger : List.of("post-login", "password-reset-post-challenge")) {
      String sent = outcome(run(trigger, secrets, false));
      assertThat(sent).startsWith("redirect.sendUserTo[").contains("/challenge/?token=");
      assertThat(outcome(run(trigger, secrets, true))).contains("/challenge/?token=");
      assertThat(outcome(run(trigger, secrets, true, "forged"))).startsWith("access.deny");

      assertThat(outcome(run(trigger, secrets, true, token(sent)))).startsWith("access.deny");
      String action = trigger.equals("post-login") ? "auth0-login" : "auth0-password-reset";
      assertThat(outcome(run(trigger, secrets, true, answered(sent)))).isEqualTo(recorded(trigger));
      administrator.put(path + "actions/" + action, "{\"defaultOutcome\":\"ALLOW\"}").expect(200);
      assertThat(outcome(run(trigger, secrets, false))).isEmpty();
      String abroad =
          "{\"name\":\"abroad\",\"when\":{\"countries\":[\"US\"]},\"outcome\":\"BLOCK\"}";
      administrator
          .put(
              path + "actions/" + action,
              "{\"defaultOutcome\":\"ALLOW\",\"rules\":[" + abroad + "]}")
          .expect(200);
      assertThat(outcome(run(trigger, secrets, false))).startsWith("access.deny");
    }
  }

  @Test
  @DisplayName("spares who has answered in a session the next challenge, but no lock and no rule")
  void session() {
    String account = application.account(ALLOWED);
    Map<String, String> secrets = Map.of("CHALLENGE_SECRET", challenging().secret());
    assertThat(outcome(silently(secrets, JsonValue.EMPTY_JSON_ARRAY)))
        .isEqualTo(
            "access.deny[\"interaction_required: this login has to be confirmed on a page\"]");
    String sent = outcome(run("post-login", secrets, false));
    JsonObject back =
        Auth0Tenant.run(
            tenant("post-login")
                .scenario(
                    "post-login",
                    secrets,
                    query("token", answered(sent)),
                    JSON.createObjectBuilder()
                        .add("resumed", true)
                        .add("session", JsonValue.EMPTY_JSON_ARRAY)));
    assertThat(outcome(back)).isEqualTo(RECORDED);
    JsonArray session = back.getJsonArray("session");
    assertThat(outcome(silently(secrets, session))).isEmpty();

    application.lock(account);
    assertThat(outcome(silently(secrets, session))).startsWith("access.deny[\"Login failed");
    application.unlock(account);
    String abroad = "{\"name\":\"abroad\",\"when\":{\"countries\":[\"US\"]},\"outcome\":\"BLOCK\"}";
    administrator
        .put(
            "/api/v1/companies/" + company.id() + "/challenge-actions/auth0-login",
            "{\"defaultOutcome\":\"CHALLENGE\",\"rules\":[" + abroad + "]}")
        .expect(200);
    assertThat(outcome(silently(secrets, session))).startsWith("access.deny[\"Login failed");
  }

  /** A silent login of the account that is allowed, to another application in the same browser. */
  private JsonObject silently(Map<String, String> secrets, JsonArray session) {
    return Auth0Tenant.run(
        tenant("post-login")
            .scenario(
                "post-login",
                secrets,
                query("prompt", "none"),
                JSON.createObjectBuilder().add("session", session)));
  }

  @Test
  @DisplayName("knows a device again that the application names, once it was let in with it")
  void device() {
    application.account(ALLOWED);
    ChallengeClient client = challenging();
    Map<String, String> secrets = Map.of("CHALLENGE_SECRET", client.secret());
    String rule = "{\"name\":\"new\",\"when\":{\"newDevice\":true},\"outcome\":\"CHALLENGE\"}";
    administrator
        .put(
            "/api/v1/companies/" + company.id() + "/challenge-actions/auth0-login",
            "{\"defaultOutcome\":\"ALLOW\",\"rules\":[" + rule + "]}")
        .expect(200);
    String sent = outcome(with("device_id", "phone-1", secrets));
    assertThat(outcome(run("post-login", secrets, true, answered(sent)))).isEqualTo(RECORDED);
    assertThat(outcome(with("device_id", "phone-1", secrets))).isEmpty();
    assertThat(outcome(with("device_id", "phone-2", secrets))).startsWith("redirect.sendUserTo");
    assertThat(outcome(run("post-login", secrets, false))).startsWith("redirect.sendUserTo");
  }

  private JsonObject with(String parameter, String value, Map<String, String> secrets) {
    return Auth0Tenant.run(
        tenant("post-login")
            .scenario("post-login", secrets, query(parameter, value), JSON.createObjectBuilder()));
  }

  @Test
  @DisplayName("lets a challenged person in whose unlock is for one attempt, and only once")
  void challengedWithAnUnlockForOneAttempt() {
    ChallengeClient client = challenging();
    Map<String, String> secrets = Map.of("CHALLENGE_SECRET", client.secret());
    String account = owned(",\"autoLockOnAttempt\":true");
    for (String trigger : List.of("post-login", "password-reset-post-challenge")) {
      application.unlock(account);
      String sent = outcome(run(trigger, secrets, false));
      assertThat(sent).contains("/challenge/?token=");
      assertThat(
              application
                  .calls(ALLOWED)
                  .get("/nl3/api/v1/sdk/accountState")
                  .json()
                  .getString("status"))
          .isEqualTo("UNLOCKED");
      String token = answered(sent);
      assertThat(outcome(run(trigger, secrets, true, token))).isEqualTo(recorded(trigger));
      assertThat(outcome(run(trigger, secrets, true, token))).contains("access.deny");
    }
  }

  @Test
  @DisplayName("keeps an unlock for one successful login when the challenge is failed")
  void failedChallengeIsNoSuccess() {
    ChallengeClient client = challenging();
    Map<String, String> secrets = Map.of("CHALLENGE_SECRET", client.secret());
    String account = owned(",\"autoLockOnSuccess\":true");
    application.unlock(account);
    String sent = outcome(run("post-login", secrets, false));
    assertThat(outcome(run("post-login", secrets, true, "forged"))).startsWith("access.deny");
    assertThat(outcome(run("post-login", secrets, true, answered(sent)))).isEqualTo(RECORDED);
    assertThat(application.isLocked(ALLOWED)).isTrue();
  }

  @Test
  @DisplayName("sends a locked person to unlock, then to the challenge, and lets the login go on")
  void unlockPageThenChallenge() {
    ChallengeClient client = challenging();
    Map<String, String> secrets =
        Map.of(
            "CHALLENGE_SECRET",
            client.secret(),
            "UNLOCK_PAGE",
            "https://api.drawbridge.test/requests/");
    String account = owned(",\"autoLockOnAttempt\":true");
    application.lock(account);
    assertThat(outcome(run("post-login", secrets, false))).contains("/requests/");
    application.unlock(account);
    String sent = outcome(run("post-login", secrets, true));
    assertThat(sent).contains("/challenge/?token=");
    assertThat(outcome(run("post-login", secrets, true, answered(sent)))).isEqualTo(RECORDED);
  }

  private ChallengeClient challenging() {
    administrator
        .patch(
            "/api/v1/companies/" + company.id() + "/challenge-settings",
            "{\"allowedOrigins\":[\"" + TENANT + "\"]}")
        .expect(200);
    return ChallengeClient.of(company);
  }

  /** The account, of a user with these preferences. */
  private String owned(String preferences) {
    return application.account(ALLOWED, ",\"userId\":\"" + company.user(preferences) + "\"");
  }

  private static String recorded(String trigger) {
    return trigger.equals("post-login") ? RECORDED : "";
  }

  /** Of the address that somebody was sent to. */
  private static String token(String sent) {
    return sent.replaceAll(".*token=([^\"&]+).*", "$1");
  }

  /** Answers the challenge as its page does; the token with which the page sends people back. */
  private static String answered(String sent) {
    HttpCalls page = SharedServer.anonymous().with("x-drawbridge-challenge", token(sent));
    int before = codeMails().size();
    page.post("/api/v1/challenge/codes", "{\"method\":\"EMAIL_OTP\"}").expect(204);
    Await.until(Duration.ofSeconds(30), () -> codeMails().size() > before);
    String code = TestPerson.codeIn(MailServer.text(codeMails().get(before)));
    String address =
        page.post(
                "/api/v1/challenge/answer",
                "{\"method\":\"EMAIL_OTP\",\"code\":\"%s\",\"state\":\"s\"}".formatted(code))
            .expect(200)
            .json()
            .getString("redirectUrl");
    assertThat(address).startsWith(TENANT + "/continue?").contains("state=s");
    return token(address);
  }

  private static List<MimeMessage> codeMails() {
    return MailServer.shared().mails(ALLOWED).stream()
        .filter(mail -> MailServer.subject(mail).startsWith("Your code"))
        .toList();
  }

  @Test
  @DisplayName("welcomes a new account once, with a link to enrol")
  void welcome() {
    String email = unique() + "@example.com";
    JsonObject event = event("user", JSON.createObjectBuilder().add("email", email));
    JsonObject fault = JSON.createObjectBuilder().add("kind", "cut").add("times", 1).build();
    JsonObject first =
        Auth0Tenant.run(
            tenant("post-user-registration")
                .scenario(
                    "post-user-registration",
                    Map.of(),
                    event,
                    JSON.createObjectBuilder().add("fault", fault)));
    assertThat(first.getJsonArray("logs").getString(0)).contains("enabling done", "retried");
    String link = MailServer.text(MailServer.shared().mail(email, "Welcome to Application"));
    assertThat(link).contains("/enroll?auth-token=");
    assertThat(application.check(email).json().getString("status")).isEqualTo("UNLOCKED");
    assertThat(MailServer.shared().mails(email)).hasSize(1);
  }

  @Test
  @DisplayName("ends a passing unlock with a change of the password, tells the owner, once")
  void passwordChange() {
    String user = company.user(",\"autoLockMinutes\":60");
    String email = administrator.get("/api/v1/users/" + user).expect(200).json().getString("email");
    String account = application.account(ALLOWED, ",\"userId\":\"" + user + "\"");
    String lasting = application.account("lasting@example.com");
    application.unlock(account);
    JsonObject fault = JSON.createObjectBuilder().add("kind", "cut").add("times", 1).build();
    JsonObject event = event("user", JSON.createObjectBuilder().add("email", ALLOWED));
    Auth0Tenant.run(
        tenant("post-change-password")
            .scenario(
                "post-change-password",
                Map.of(),
                event,
                JSON.createObjectBuilder().add("fault", fault)));
    assertThat(application.isLocked(ALLOWED)).isTrue();
    assertThat(
            administrator
                .get("/api/v1/accounts/" + account + "/explanation")
                .json()
                .getString("latestChange"))
        .contains("PASSWORD_CHANGED");
    MailServer.shared().mail(email, "The password of " + ALLOWED);
    assertThat(MailServer.shared().mails(email))
        .extracting(MailServer::subject)
        .filteredOn(subject -> subject.contains("was changed"))
        .hasSize(1);
    application.calls("lasting@example.com").post("/nl3/api/v1/sdk/passwordChanged").expect(200);
    assertThat(application.isLocked("lasting@example.com")).as(lasting).isFalse();
  }

  @Test
  @DisplayName("locks at a change of a breached password, where the owner prefers that")
  void breachedPassword() {
    owned(",\"autoLockOnBreach\":true");
    application.account("other@example.com");
    for (String name : List.of(ALLOWED, "other@example.com", "nobody@example.com")) {
      changePassword(name, JSON.createObjectBuilder().add("password_breached", true));
    }
    assertThat(application.isLocked(ALLOWED)).isTrue();
    assertThat(application.isLocked("other@example.com")).isFalse();
  }

  @Test
  @DisplayName("locks for a breach once, though Auth0 tells of it at every later change")
  void breachedPasswordOnce() {
    String account = owned(",\"autoLockOnBreach\":true");
    JsonObject flag = JSON.createObjectBuilder().add("password_breached", true).build();
    assertThat(isLockedByChange(account, flag)).isTrue();
    assertThat(isLockedByChange(account, flag)).as("it was never taken away").isFalse();
    assertThat(isLockedByChange(account, JsonObject.EMPTY_JSON_OBJECT)).isFalse();
    assertThat(isLockedByChange(account, flag)).as("it was, and set anew").isTrue();

    JsonObject first = breachedAt("2026-03-01T08:00:00Z");
    assertThat(isLockedByChange(account, first)).isTrue();
    assertThat(isLockedByChange(account, first)).isFalse();
    assertThat(isLockedByChange(account, breachedAt("2026-03-01 09:00+01:00"))).isFalse();
    assertThat(isLockedByChange(account, breachedAt("2027-03-01T08:00:00Z"))).isTrue();
    assertThat(isLockedByChange(account, first)).as("an older one").isFalse();

    HttpCalls calls = application.calls(ALLOWED);
    String path = "/nl3/api/v1/sdk/passwordChanged";
    calls.post(path, "{\"breached\":true,\"breachedAt\":\"yesterday\"}").expect(400);
    assertThat(application.isLocked(ALLOWED)).isFalse();
  }

  /** The account is unlocked before. */
  private boolean isLockedByChange(String account, JsonObject metadata) {
    application.unlock(account);
    changePassword(ALLOWED, JSON.createObjectBuilder(metadata));
    return application.isLocked(ALLOWED);
  }

  private static JsonObject breachedAt(String time) {
    return JSON.createObjectBuilder().add("password_breached_at", time).build();
  }

  private void changePassword(String email, JsonObjectBuilder metadata) {
    JsonObjectBuilder user =
        JSON.createObjectBuilder().add("email", email).add("app_metadata", metadata);
    JsonObject changed =
        Auth0Tenant.run(
            tenant("post-change-password")
                .scenario(
                    "post-change-password",
                    Map.of(),
                    event("user", user),
                    JSON.createObjectBuilder()));
    assertThat(changed.getJsonArray("logs").getString(0)).contains("password-change done");
  }

  @Test
  @DisplayName("delivers a code by SMS once, and not more than five in ten minutes")
  void phoneMessage() {
    String number = "+1556" + (1_000_000 + (int) (Math.random() * 8_999_999));
    String code = "code " + UUID.randomUUID();
    JsonObject event =
        event(
            "message_options",
            JSON.createObjectBuilder().add("recipient", number).add("text", code));
    JsonObject fault = JSON.createObjectBuilder().add("kind", "cut").add("times", 1).build();
    JsonObject sent =
        Auth0Tenant.run(
            tenant("send-phone-message")
                .scenario(
                    "send-phone-message",
                    Map.of(),
                    event,
                    JSON.createObjectBuilder().add("fault", fault)));
    assertThat(sent.getJsonArray("logs").getString(0)).contains("phone-message done", "retried");
    assertThat(SmsGateway.shared().text(number)).isEqualTo(code);
    String path = "/nl3/api/v1/sdk/phoneMessage";
    for (int i = 0; i < 4; i++) {
      application.calls(number).post(path, "{\"text\":\"a\"}").expect(202);
    }
    assertThat(application.calls(number).post(path, "{\"text\":\"a\"}").expect(429).problem())
        .isEqualTo("too-many-phone-messages");
    application.calls("ana").post(path, "{\"text\":\"a\"}").expect(400);
    application.calls("+15550199").post(path, "{}").expect(400);
  }

  @Test
  @DisplayName("lets nobody register whose address is denied or breached")
  void registration() {
    String rules = "/api/v1/companies/" + company.id() + "/registration-rules";
    assertThat(decision(ALLOWED)).isEqualTo("ALLOWED");
    administrator
        .post(
            "/api/v1/companies/" + company.id() + "/breach-signals",
            "{\"email\":\"Ana@Example.com\",\"source\":\"leak-watch\"}")
        .expect(200);
    assertThat(decision(ALLOWED)).isEqualTo("ALLOWED");
    administrator.patch(rules, "{\"denyBreached\":true}").expect(200);
    assertThat(decision(ALLOWED)).isEqualTo("BREACHED");
    administrator.patch(rules, "{\"allowedDomains\":[\"Example.com\"]}").expect(200);
    assertThat(decision("eve@sub.example.com")).isEqualTo("ALLOWED");
    assertThat(decision("eve@notexample.com")).isEqualTo("DOMAIN_NOT_ALLOWED");
    assertThat(decision("eve")).isEqualTo("DOMAIN_NOT_ALLOWED");
    administrator.patch(rules, "{\"deniedDomains\":[\"sub.example.com\"]}").expect(200);
    assertThat(decision("eve@SUB.example.com")).isEqualTo("DOMAIN_DENIED");
    assertThat(administrator.get(rules).expect(200).text())
        .contains("\"allowedDomains\":[\"example.com\"]", "\"denyBreached\":true");
    assertThat(
            administrator.patch(rules, "{\"deniedDomains\":[\"a b\"]}").expect(400).wrongMembers())
        .containsExactly("/deniedDomains/0");
    TestCompany.create().ownAdministrator().get(rules).expect(404);
  }

  @Test
  @DisplayName("has calls that a revoked key opens no more")
  void revokedKey() {
    application.calls(ALLOWED).get("/nl3/api/v1/sdk/accountState").expect(200);
    String keys = "/api/v1/applications/" + application.id() + "/signing-keys";
    JsonArray all = administrator.get(keys).expect(200).jsonArray();
    administrator.delete(keys + "/" + all.getJsonObject(0).getString("id")).expect(204);
    for (String call :
        List.of("registrationDecision", "passwordChanged", "phoneMessage", "welcomeUser")) {
      application.calls(ALLOWED).post("/nl3/api/v1/sdk/" + call, "{}").expect(401);
    }
    application.calls(ALLOWED).get("/nl3/api/v1/sdk/accountState").expect(401);
  }

  @Test
  @DisplayName("is a zip, filled in for an application, that Auth0's own tool imports as it is")
  void deployed(@TempDir Path folder) throws Exception {
    assumeFalse(SharedServer.isOnPostgres(), "The zip is the same: once is enough");
    String keys = "/api/v1/applications/" + application.id() + "/signing-keys";
    unzip(pack(), folder);
    assertThat(administrator.get(keys).expect(200).jsonArray()).hasSize(2);
    JsonObject tenant = TOOL.nodeInPlace("deploy.mjs", "round-trip", folder.toString());
    assertThat(tenant.getJsonArray("actions")).hasSize(7);
    for (JsonObject action : tenant.getJsonArray("actions").getValuesAs(JsonObject.class)) {
      String trigger = action.getJsonArray("supported_triggers").getJsonObject(0).getString("id");
      byte[] code = Files.readAllBytes(Path.of("src/main/auth0", trigger, "action.js"));
      assertThat(action.getString("sha256")).isEqualTo(sha256(code));
      assertThat(action.getBoolean("all_changes_deployed")).isTrue();
      assertThat(tenant.getJsonObject("bindings").getJsonArray(trigger)).hasSize(1);
      Map<String, String> secrets = new HashMap<>();
      for (JsonObject secret : action.getJsonArray("secrets").getValuesAs(JsonObject.class)) {
        secrets.put(secret.getString("name"), secret.getString("value"));
      }
      assertThat(secrets)
          .containsOnlyKeys("API_HOST", "APP_URI", "SIGNING_KEY")
          .containsEntry("API_HOST", SharedServer.get().url().getAuthority())
          .containsEntry("APP_URI", application.url());
      TestApplication packed =
          new TestApplication(
              company, application.id(), application.url(), secrets.get("SIGNING_KEY"));
      packed.check(ALLOWED).expect(200);
    }
    assertThat(tenant.getJsonArray("exported")).hasSize(14);
  }

  @Test
  @DisplayName("is a folder that Auth0's own tool imports as it is, with the secrets by name")
  void deployedFromTheFolder() {
    assumeFalse(SharedServer.isOnPostgres(), "It does not touch the server: once is enough");
    JsonObject tenant =
        TOOL.nodeInPlace(
            "deploy.mjs",
            "import",
            "src/main/auth0",
            "{\"DRAWBRIDGE_API_HOST\":\"api.example.com\",\"DRAWBRIDGE_APP_URI\":"
                + "\"https://app.example.com\",\"DRAWBRIDGE_SIGNING_KEY\":\"a2V5\"}");
    assertThat(tenant.getJsonArray("actions")).hasSize(7);
    assertThat(tenant.getJsonArray("actions").toString()).contains("\"value\":\"a2V5\"");
  }

  @Test
  @DisplayName("is for the company's administrators, once the domain is validated")
  void packRefused() {
    String path = "/api/v1/applications/" + application.id() + "/auth0-pack";
    Problems.expect(TestCompany.create().ownAdministrator().post(path), 404, "not-found");
    Problems.expect(administrator.anonymous().post(path), 401, "credential-missing");
    String unproven =
        administrator
            .post(
                "/api/v1/companies/" + company.id() + "/applications",
                "{\"name\":\"New\",\"url\":\"https://new-" + unique() + ".example.com\"}")
            .expect(201)
            .json()
            .getString("id");
    Problems.expect(
        administrator.post("/api/v1/applications/" + unproven + "/auth0-pack"),
        409,
        "domain-not-validated");
  }

  private byte[] pack() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                SharedServer.get()
                    .url()
                    .resolve("/api/v1/applications/" + application.id() + "/auth0-pack"))
            .header("Authorization", "Bearer " + RunningServer.BOOTSTRAP_TOKEN)
            .POST(BodyPublishers.noBody())
            .build();
    HttpResponse<byte[]> answer =
        HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/zip");
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    return answer.body();
  }

  private static void unzip(byte[] pack, Path folder) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(pack))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = folder.resolve(entry.getName());
        assertThat(file.normalize()).startsWithRaw(folder);
        Files.createDirectories(file.getParent());
        Files.write(file, zip.readAllBytes());
      }
    }
  }

  private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private String decision(String name) {
    return application
        .calls(name)
        .post("/nl3/api/v1/sdk/registrationDecision", "{}")
        .expect(200)
        .json()
        .getString("reason");
  }

  private Auth0Tenant tenant(String trigger) {
    String folder = trigger.equals("custom-phone-provider") ? "send-phone-message" : trigger;
    Path action = Path.of("src/main/auth0", folder, "action.js");
    return new Auth0Tenant(SharedServer.get(), action, application);
  }

  private JsonObject run(String trigger, Map<String, String> secrets, boolean resumed) {
    return run(trigger, secrets, resumed, "");
  }

  private static JsonObject query(String parameter, String value) {
    JsonObject query = JSON.createObjectBuilder().add(parameter, value).build();
    return event("request", JSON.createObjectBuilder().add("query", query));
  }

  /** Of the account that is allowed; who is back may bring a token. */
  private JsonObject run(
      String trigger, Map<String, String> secrets, boolean resumed, String token) {
    JsonObject query = JSON.createObjectBuilder().add("token", token).build();
    JsonObjectBuilder request = JSON.createObjectBuilder();
    return Auth0Tenant.run(
        tenant(trigger)
            .scenario(
                trigger,
                secrets,
                event("request", token.isEmpty() ? request : request.add("query", query)),
                JSON.createObjectBuilder().add("resumed", resumed)));
  }

  private static JsonObject event(String member, JsonObjectBuilder value) {
    return JSON.createObjectBuilder().add(member, value).build();
  }

  private static String unique() {
    return "user-" + UUID.randomUUID();
  }
}
