package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.drawbridge.testing.ChallengeClient;
import org.drawbridge.testing.HttpCalls;
import org.drawbridge.testing.HttpCalls.Answer;
import org.drawbridge.testing.MailServer;
import org.drawbridge.testing.RawRequest;
import org.drawbridge.testing.RunningServer;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.drawbridge.testing.TestPerson;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one and the same WAR does on every server, though the servers differ in it. */
interface EveryServer {

  URI url();

  private HttpCalls anonymous() {
    return new HttpCalls(url());
  }

  default HttpCalls platform() {
    return anonymous().bearer(RunningServer.BOOTSTRAP_TOKEN);
  }

  default TestApplication application() {
    return TestCompany.create(platform()).application();
  }

  @Test
  @DisplayName("is ready once its database is reachable and migrated")
  default void ready() {
    JsonObject health = anonymous().get("/health/ready").expect(200).json();
    assertThat(health.getString("status")).isEqualTo("UP");
    assertThat(health.getJsonArray("checks").getValuesAs(JsonObject.class))
        .extracting(check -> check.getString("name") + " " + check.getString("status"))
        .containsExactly("database UP", "migration UP");
  }

  @Test
  @DisplayName("owns the address /")
  default void root() {
    assertThat(anonymous().get("/").expect(200).text()).contains("Drawbridge");
  }

  @Test
  @DisplayName("stops the login of a locked account, and after an unlock lets the next one go on")
  default void lockAndUnlock() {
    TestApplication application = application();
    String account = application.account("auth0|5f7c");
    Answer allowed = application.check("auth0|5f7c").expect(200);
    assertThat(allowed.json().getBoolean("locked")).isFalse();
    assertThat(allowed.json().getString("status")).isEqualTo("UNLOCKED");
    application.lock(account);
    assertThat(application.check("auth0|5f7c").expect(200).json().getString("status"))
        .isEqualTo("LOCKED");
    application.unlock(account);
    assertThat(application.isLocked("auth0|5f7c")).isFalse();
    assertThat(
            platform()
                .get("/api/v1/accounts/" + account + "/checks")
                .expect(200)
                .json()
                .getJsonArray("items"))
        .hasSize(3);
  }

  @Test
  @DisplayName(
      "answers the npm client of the challenge API, which leaves the bar of auth0|… as it is")
  default void challenges() {
    ChallengeClient client = ChallengeClient.of(TestCompany.create(platform()), url());
    JsonObject tracked =
        client.call("track", "{\"userId\":\"auth0|5f7c\",\"action\":\"auth0-login\"}").result();
    assertThat(tracked.getString("state")).isEqualTo("CHALLENGE_REQUIRED");
    JsonObject attempt =
        client.call("queryUserActions", "{\"userId\":\"auth0|5f7c\"}").list().getJsonObject(0);
    assertThat(attempt.getString("idempotencyKey")).isEqualTo(tracked.getString("idempotencyKey"));
    assertThat(client.raw().get("/authsignal/v1/users/auth0%7C5f7c/actions").jsonArray())
        .hasSize(1);
    assertThat(
            new ChallengeClient(client.company(), url(), "", "wrong")
                .call("getUser", "{\"userId\":\"auth0|5f7c\"}")
                .error()
                .getString("errorCode"))
        .isEqualTo("unauthorized");
  }

  @ParameterizedTest
  @ValueSource(strings = {"auth0|5f7c;x", "auth0|5f7c;"})
  @DisplayName("takes nobody for another whose user id begins like theirs and has a semicolon")
  default void semicolons(String userId) {
    ChallengeClient client = ChallengeClient.of(TestCompany.create(platform()), url());
    client.call("updateUser", "{\"userId\":\"" + userId + "\",\"attributes\":{}}").result();
    client.call("track", "{\"userId\":\"" + userId + "\",\"action\":\"auth0-login\"}").result();
    JsonArray users = client.call("queryUsers", "{}").result().getJsonArray("users");
    assertThat(users.getValuesAs(JsonObject.class))
        .extracting(user -> user.getString("userId"))
        .containsExactly(userId);
  }

  // Payara cuts the address off there, before the application sees it.
  @Test
  @DisplayName("takes nobody for another whose user id has what looks like a session id")
  default void sessionIdInAddress() {
    ChallengeClient client = ChallengeClient.of(TestCompany.create(platform()), url());
    String ana = "{\"userId\":\"ana\"}";
    String other = "{\"userId\":\"ana;jsessionid=1\"}";
    client
        .call("updateUser", "{\"userId\":\"ana\",\"attributes\":{\"username\":\"Ana\"}}")
        .result();
    assertThat(client.call("getUser", other).answer().toString()).doesNotContain("Ana");
    client.call("deleteUser", other);
    assertThat(client.call("getUser", ana).result().getString("username")).isEqualTo("Ana");
  }

  @Test
  @DisplayName("records a check at the time it was made, whatever the machine's time zone")
  default void time() {
    TestApplication application = application();
    String account = application.account("ana");
    Instant before = Instant.now().minusSeconds(2);
    application.check("ana").expect(200);
    String checked =
        platform()
            .get("/api/v1/accounts/" + account + "/checks")
            .json()
            .getJsonArray("items")
            .getJsonObject(0)
            .getString("checkedDate");
    assertThat(Instant.parse(checked)).isBetween(before, Instant.now().plusSeconds(2));
  }

  @Test
  @DisplayName("an auto-lock rule makes one unlock let one login through")
  default void autoLock() {
    TestApplication application = application();
    String user = application.company().user(",\"autoLockOnAttempt\":true");
    application.account("ben", ",\"userId\":\"" + user + "\"");
    assertThat(application.isLocked("ben")).isFalse();
    assertThat(application.isLocked("ben")).isTrue();
  }

  @Test
  @DisplayName("registers a passkey, and shows the page and the origins for it")
  default void passkey() {
    TestPerson ana = TestPerson.at(application());
    assertThat(ana.register().getString("credId")).isEqualTo(ana.authenticator().credentialId());
    ana.signUp().expect(200);
    assertThat(anonymous().get("/enroll?auth-token=x").expect(200).text()).contains("enroll.js");
    assertThat(anonymous().get("/.well-known/webauthn").expect(200).contentType())
        .startsWith("application/json");
    assertThat(anonymous().get("/enroll/enroll.js").expect(200).contentType())
        .contains("javascript");
  }

  @Test
  @DisplayName("enableUser makes the account at the first call and finds it at the second")
  default void enableUser() {
    TestApplication application = application();
    Answer made = application.calls("new").post("/nl3/api/v1/sdk/enableUser").expect(201);
    assertThat(made.json().getString("nl3UserToken")).isNotEmpty();
    application.calls("new").post("/nl3/api/v1/sdk/enableUser").expect(200);
    assertThat(application.check("new").expect(200).json().getString("status"))
        .isEqualTo("UNLOCKED");
  }

  @Test
  @DisplayName("finds the Auth0 Actions in its own WAR, and packs them")
  default void auth0Pack() {
    TestApplication application = application();
    Answer pack =
        platform().post("/api/v1/applications/" + application.id() + "/auth0-pack").expect(200);
    assertThat(pack.contentType()).isEqualTo("application/zip");
    assertThat(pack.text()).contains("post-login/action.js", "actions/post-login.json");
    assertThat(
            application
                .calls("ana")
                .get("/nl3/api/v1/sdk/accountState")
                .expect(200)
                .json()
                .getString("status"))
        .isEqualTo("NOT_PROTECTED");
  }

  @Test
  @DisplayName("a caller without a credential gets a problem, 401, that says what to bring")
  default void unauthorized() {
    Answer answer = anonymous().get("/api/v1/companies").expect(401);
    assertThat(answer.contentType()).isEqualTo("application/problem+json");
    assertThat(answer.problem()).isEqualTo("credential-missing");
    assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
  }

  @Test
  @DisplayName("an address where nothing is gets a problem, 404, inside and outside the API")
  default void notFound() {
    for (String address : new String[] {"/api/v1/nothing", "/nothing", "/v1/nothing"}) {
      Answer answer = platform().get(address).expect(404);
      assertThat(answer.contentType()).isEqualTo("application/problem+json");
      assertThat(answer.problem()).isEqualTo("not-found");
    }
  }

  @Test
  @DisplayName("JSON that breaks off gets a problem, 400")
  default void malformedJson() {
    Answer answer = platform().post("/api/v1/companies", "{\"name\":").expect(400);
    assertThat(answer.contentType()).isEqualTo("application/problem+json");
    assertThat(answer.problem()).isEqualTo("malformed-request");
  }

  @Test
  @DisplayName("an empty body is an empty object, with and without a media type")
  default void emptyBody() {
    TestApplication application = application();
    String account = application.account("ana");
    platform().post("/api/v1/accounts/" + account + "/lock").expect(200);
    platform().post("/api/v1/accounts/" + account + "/unlock", "").expect(200);
    application.calls("ana").post("/v1/AccountProtectionCheck").expect(200);
    application.calls("ana").post("/nl3/api/v1/accountProtectionCheck", "").expect(200);
    assertThat(platform().post("/api/v1/companies").expect(400).wrongMembers())
        .containsExactly("/name");
    assertThat(platform().post("/api/v1/companies", "").expect(400).wrongMembers())
        .containsExactly("/name");
  }

  @Test
  @DisplayName("an empty security event token is refused as RFC 8935 section 2.4 says")
  default void emptyEventToken() {
    TestCompany company = application().company();
    String endpoint =
        company
            .administrator()
            .post(
                "/api/v1/companies/" + company.id() + "/event-transmitters",
                """
                {"issuer":"https://idp.example.com","audience":"https://drawbridge.example.com",
                 "jwksUrl":"https://idp.example.com/jwks"}
                """)
            .expect(201)
            .json()
            .getString("endpoint");
    Answer answer =
        anonymous()
            .with("Content-Type", "application/secevent+jwt")
            .post(endpoint.substring(endpoint.indexOf("/api/")), "")
            .expect(400);
    assertThat(answer.json().getString("err")).isEqualTo("invalid_request");
  }

  @Test
  @DisplayName("JSON is answered whatever Accept says")
  default void accept() {
    TestApplication application = application();
    for (String accept : new String[] {"text/plain", "text/html, image/*;q=0.5", "nonsense"}) {
      for (String check :
          new String[] {"/v1/AccountProtectionCheck", "/nl3/api/v1/accountProtectionCheck"}) {
        Answer answer = application.calls("ana").with("Accept", accept).post(check).expect(200);
        assertThat(answer.contentType()).startsWith("application/json");
      }
      assertThat(
              platform().with("Accept", accept).get("/api/v1/companies").expect(200).contentType())
          .startsWith("application/json");
      assertThat(anonymous().with("Accept", accept).get("/api/v1/companies").expect(401).problem())
          .isEqualTo("credential-missing");
    }
    assertThat(
            platform()
                .with("Accept", "application/json")
                .post("/api/v1/applications/" + application.id() + "/auth0-pack")
                .expect(200)
                .contentType())
        .isEqualTo("application/zip");
  }

  @Test
  @DisplayName("a body in another media type gets a problem, 415")
  default void otherMediaType() {
    Answer answer =
        platform().with("Content-Type", "text/plain").post("/api/v1/companies", "x").expect(415);
    assertThat(answer.contentType()).isEqualTo("application/problem+json");
  }

  @Test
  @DisplayName("a raw | in the path or the query reaches the application")
  default void rawBar() {
    // Only the resource itself asks for a credential.
    assertThat(RawRequest.get(url(), "/api/v1/accounts/auth0|5f7c", ""))
        .startsWith("HTTP/1.1 401 ")
        .contains("credential-missing");
    String authorization = "Authorization: Bearer " + RunningServer.BOOTSTRAP_TOKEN + "\r\n";
    TestApplication application = application();
    application.account("auth0|5f7c");
    assertThat(
            RawRequest.get(
                url(),
                "/api/v1/applications/" + application.id() + "/accounts?userAccountId=auth0|5f7c",
                authorization))
        .startsWith("HTTP/1.1 200 ")
        .contains("\"userAccountId\":\"auth0|5f7c\"");
  }

  @Test
  @DisplayName("sends mail")
  default void mail() {
    String email = "ana-" + UUID.randomUUID() + "@example.com";
    platform().post("/api/v1/outbox/test", "{\"email\":\"" + email + "\"}").expect(202);
    assertThat(MailServer.text(MailServer.shared().mail(email))).contains(" mail works.");
  }

  @Test
  @DisplayName("says nowhere in its headers what it runs on")
  default void headers() {
    Answer answer = anonymous().get("/api/v1/version").expect(200);
    assertThat(answer.response().headers().map()).doesNotContainKeys("server", "x-powered-by");
  }
}
