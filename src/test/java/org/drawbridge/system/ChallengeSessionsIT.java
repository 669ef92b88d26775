package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.drawbridge.testing.Await;
import org.drawbridge.testing.ChallengeClient;
import org.drawbridge.testing.HttpCalls;
import org.drawbridge.testing.SharedServer;
import org.drawbridge.testing.Simultaneously;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.drawbridge.testing.TestDatabase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A session after a challenge, by the npm client,")
class ChallengeSessionsIT {

  private static final String SESSIONS = "/authsignal/v1/sessions";

  private final TestCompany company = TestCompany.create();
  private final ChallengeClient client = ChallengeClient.of(company);
  private final String user = "auth0|" + UUID.randomUUID();

  /** Of somebody who has answered. */
  private String token() {
    HttpCalls raw = client.raw();
    String challenge =
        raw.post(
                "/authsignal/v1/challenge",
                "{\"verificationMethod\":\"EMAIL_OTP\",\"action\":\"signIn\",\"email\":\"ana-%s@example.com\"}"
                    .formatted(UUID.randomUUID()))
            .expect(200)
            .json()
            .getString("challengeId");
    return raw.post(
            "/authsignal/v1/claim",
            "{\"challengeId\":\"%s\",\"userId\":\"%s\",\"skipVerificationCheck\":true}"
                .formatted(challenge, user))
        .expect(200)
        .json()
        .getString("token");
  }

  private JsonObject begun() {
    return client
        .call(
            "createSession",
            "{\"clientId\":\"web\",\"action\":\"signIn\",\"token\":\"" + token() + "\"}")
        .result();
  }

  private static String access(JsonObject tokens) {
    return "{\"accessToken\":\"" + tokens.getString("accessToken") + "\"}";
  }

  private static String refresh(JsonObject tokens) {
    return "{\"refreshToken\":\"" + tokens.getString("refreshToken") + "\"}";
  }

  private void refused(String method, String request) {
    JsonObject error = client.call(method, request).error();
    assertThat(error.getInt("statusCode")).as(request).isEqualTo(403);
    assertThat(error.getString("errorCode")).isEqualTo("invalid_token");
  }

  @Test
  @DisplayName("begins with the token of an answered attempt, and says whose it is")
  void begins() {
    JsonObject tokens = begun();
    JsonObject session = client.call("validateSession", access(tokens)).result();
    assertThat(session.getJsonObject("user").getString("userId")).isEqualTo(user);
    client
        .call("updateUser", "{\"userId\":\"" + user + "\",\"attributes\":{\"locale\":\"de-CH\"}}")
        .result();
    assertThat(
            client
                .call("validateSession", access(tokens))
                .result()
                .getJsonObject("user")
                .getString("locale"))
        .isEqualTo("de-CH");
    assertThat(session.getString("verificationMethod")).isEqualTo("EMAIL_OTP");
    assertThat(Instant.ofEpochSecond(session.getJsonNumber("expiresAt").longValue()))
        .isBetween(Instant.now().plusSeconds(800), Instant.now().plusSeconds(905));
    String only = access(tokens).replace("}", ",\"clientIds\":[\"%s\"]}");
    client.call("validateSession", only.formatted("web")).result();
    refused("validateSession", only.formatted("app"));
    String tracked =
        client
            .call("track", "{\"userId\":\"" + user + "\",\"action\":\"signIn\"}")
            .result()
            .getString("token");
    refused("createSession", "{\"clientId\":\"web\",\"token\":\"" + tracked + "\"}");
    refused(
        "createSession", "{\"clientId\":\"web\",\"action\":\"pay\",\"token\":\"" + token() + "\"}");
    for (String wrong : List.of("", "x", tracked, tokens.getString("refreshToken"))) {
      refused("validateSession", "{\"accessToken\":\"" + wrong + "\"}");
    }
    assertThat(
            client
                .call(
                    "validateChallenge", "{\"token\":\"" + tokens.getString("accessToken") + "\"}")
                .result()
                .getBoolean("isValid"))
        .as("an access token proves no challenge")
        .isFalse();
  }

  @Test
  @DisplayName("goes on with each refresh token once; one that comes again ends it")
  void rotation() {
    JsonObject first = begun();
    JsonObject second = client.call("refreshSession", refresh(first)).result();
    client.call("validateSession", access(second)).result();
    JsonObject third = client.call("refreshSession", refresh(second)).result();
    refused("refreshSession", refresh(first));
    refused("validateSession", access(third));
    refused("refreshSession", refresh(third));
    JsonObject other = begun();
    HttpCalls raw = client.raw();
    assertThat(
            Simultaneously.call(4, i -> raw.post(SESSIONS + "/refresh", refresh(other)).status()))
        .containsOnlyOnce(200)
        .containsOnly(200, 403);
  }

  @Test
  @DisplayName("ends at once where it is revoked, alone or with all of its user's")
  void revoked() {
    JsonObject one = begun();
    JsonObject other = begun();
    client.call("revokeSession", access(one)).result();
    refused("validateSession", access(one));
    refused("refreshSession", refresh(one));
    client.call("validateSession", access(other)).result();
    client.call("revokeUserSessions", "{\"userId\":\"" + user + "\"}").result();
    refused("validateSession", access(other));
    client.call("revokeUserSessions", "{\"userId\":\"nobody\"}").result();
  }

  @Test
  @DisplayName("is cleared away once it is over, and so are codes, with where they went")
  void clearedAway() {
    TestDatabase database = SharedServer.database();
    JsonObject tokens = begun();
    UUID companyId = UUID.fromString(company.id());
    String of = " where company_id = '" + company.id() + "'";
    List<String> left =
        List.of(
            "select count(*) from challenge_sessions" + of,
            "select count(*) from code_challenges" + of);
    assertThat(left).allSatisfy(count -> assertThat(database.count(count)).isEqualTo(1));
    database.execute(
        "update challenge_sessions set refreshed_at = refreshed_at - interval '8 day'"
            + " where company_id = ?",
        companyId);
    refused("validateSession", access(tokens));
    database.execute(
        "update code_challenges set created_at = created_at - interval '2 day'"
            + " where company_id = ?",
        companyId);
    assertThat(
            Await.until(
                Duration.ofSeconds(90),
                () -> left.stream().allMatch(count -> database.count(count) == 0)))
        .isTrue();
  }

  @Test
  @DisplayName("is its company's alone, and nobody's whose account is locked")
  void foreignOrLocked() {
    JsonObject tokens = begun();
    ChallengeClient foreign = ChallengeClient.of(TestCompany.create());
    for (String method : List.of("validateSession", "revokeSession")) {
      assertThat(foreign.call(method, access(tokens)).error().getInt("statusCode")).isEqualTo(403);
    }
    assertThat(foreign.call("refreshSession", refresh(tokens)).error().getInt("statusCode"))
        .isEqualTo(403);
    TestApplication application = company.application();
    String account = application.account(user);
    client.call("validateSession", access(tokens)).result();
    application.lock(account);
    refused("validateSession", access(tokens));
    refused("refreshSession", refresh(tokens));
    application.unlock(account);
    tokens = client.call("refreshSession", refresh(tokens)).result();
    company
        .administrator()
        .delete("/api/v1/companies/" + company.id() + "/challenge-secrets/" + client.secretId())
        .expect(204);
    ChallengeClient second = ChallengeClient.of(company);
    assertThat(second.call("validateSession", access(tokens)).error().getInt("statusCode"))
        .as("the secret that signed it is revoked")
        .isEqualTo(403);
    assertThat(second.call("refreshSession", refresh(tokens)).error().getInt("statusCode"))
        .isEqualTo(403);
  }
}
