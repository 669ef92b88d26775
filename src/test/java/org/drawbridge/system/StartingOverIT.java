package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.UUID;
import org.drawbridge.testing.ChallengeClient;
import org.drawbridge.testing.HttpCalls;
import org.drawbridge.testing.MailServer;
import org.drawbridge.testing.SharedServer;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.drawbridge.testing.TestDevice;
import org.drawbridge.testing.TestPerson;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Once passkeys count no more, nothing goes on by what they opened:")
class StartingOverIT {

  private static final String CHALLENGE = "/api/v1/challenge";

  private final TestCompany company = TestCompany.create();
  private final TestApplication application = company.application();
  private final TestPerson ana = TestPerson.signedUp(application);
  private final ChallengeClient client = ChallengeClient.of(company);
  private final String email = "second-" + UUID.randomUUID() + "@example.com";

  private void reset() {
    String id = ana.user().getString("id");
    company.administrator().post("/api/v1/users/" + id + "/reset").expect(202);
  }

  @Test
  @DisplayName("after a reset, no browser is pushed what the owner is asked")
  void push() {
    try (TestDevice device = new TestDevice()) {
      ana.signIn()
          .post("/api/v1/me/push-subscriptions", device.subscription().toString())
          .expect(201);
      reset();
      application.lock(ana.user().getJsonArray("accounts").getJsonObject(0).getString("id"));
      assertThat(application.check(ana.subject()).json().getBoolean("locked")).isTrue();
      MailServer.shared().mail(ana.username(), "A login to");
      assertThat(device.service().calls()).isEmpty();
    }
  }

  @Test
  @DisplayName("after a reset, no challenge session of the owner's accounts goes on")
  void sessions() {
    JsonObject session = session(ana.subject());
    JsonObject another = session("somebody-else");
    validate(session).expect(200);
    reset();
    validate(session).expect(403);
    validate(another).expect(200);
  }

  @Test
  @DisplayName("after a passkey was removed, and after a reset, no remembered browser stands in")
  void browsers() {
    company
        .administrator()
        .patch(
            "/api/v1/companies/" + company.id() + "/challenge-settings",
            "{\"rememberDeviceDays\":30}")
        .expect(200);
    client
        .raw()
        .post(
            "/authsignal/v1/users/" + ana.subject() + "/authenticators",
            "{\"verificationMethod\":\"EMAIL_OTP\",\"email\":\"" + email + "\"}")
        .expect(200);
    String cookie = remembered();
    HttpCalls session = ana.signIn();
    session.post("/api/v1/me/recovery-codes").expect(201);
    assertThat(isRemembered(cookie)).isTrue();
    String passkey =
        session
            .get("/api/v1/me/credentials")
            .expect(200)
            .jsonArray()
            .getJsonObject(0)
            .getString("id");
    session.delete("/api/v1/me/credentials/" + passkey).expect(204);
    assertThat(isRemembered(cookie)).isFalse();
    String again = remembered();
    assertThat(isRemembered(again)).isTrue();
    reset();
    assertThat(isRemembered(again)).isFalse();
  }

  private JsonObject session(String user) {
    String challenge =
        client
            .raw()
            .post(
                "/authsignal/v1/challenge",
                "{\"verificationMethod\":\"EMAIL_OTP\",\"action\":\"signIn\",\"email\":\"ana-%s@example.com\"}"
                    .formatted(UUID.randomUUID()))
            .expect(200)
            .json()
            .getString("challengeId");
    String token =
        client
            .raw()
            .post(
                "/authsignal/v1/claim",
                "{\"challengeId\":\"%s\",\"userId\":\"%s\",\"skipVerificationCheck\":true}"
                    .formatted(challenge, user))
            .expect(200)
            .json()
            .getString("token");
    return client
        .raw()
        .post("/authsignal/v1/sessions", "{\"clientId\":\"web\",\"token\":\"" + token + "\"}")
        .expect(200)
        .json();
  }

  private HttpCalls.Answer validate(JsonObject session) {
    return client
        .raw()
        .post(
            "/authsignal/v1/sessions/validate",
            "{\"accessToken\":\"" + session.getString("accessToken") + "\"}");
  }

  private HttpCalls page() {
    String token =
        client
            .raw()
            .post(
                "/authsignal/v1/users/" + ana.subject() + "/actions/auth0-login",
                "{\"email\":\"" + email + "\"}")
            .expect(200)
            .json()
            .getString("token");
    return SharedServer.anonymous()
        .with("x-drawbridge-challenge", token)
        .with("User-Agent", "Firefox/140.0");
  }

  private String remembered() {
    HttpCalls page = page();
    String cookie = answer(page, mailedCode(page), ",\"rememberDevice\":true").header("Set-Cookie");
    return cookie.substring(0, cookie.indexOf(';'));
  }

  private boolean isRemembered(String cookie) {
    return page()
        .with("Cookie", cookie)
        .get(CHALLENGE)
        .expect(200)
        .json()
        .getBoolean("isRemembered");
  }

  private static HttpCalls.Answer answer(HttpCalls page, String code, String more) {
    return page.post(
            CHALLENGE + "/answer",
            "{\"method\":\"EMAIL_OTP\",\"code\":\"%s\"%s}".formatted(code, more))
        .expect(200);
  }

  private String mailedCode(HttpCalls page) {
    return TestPerson.codeAfter(
        email, () -> page.post(CHALLENGE + "/codes", "{\"method\":\"EMAIL_OTP\"}").expect(204));
  }
}
