package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.testing.TestJson.JSON;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.drawbridge.testing.ChallengeClient;
import org.drawbridge.testing.ChallengeClient.Answer;
import org.drawbridge.testing.ChallengeClient.Call;
import org.drawbridge.testing.HttpCalls;
import org.drawbridge.testing.Problems;
import org.drawbridge.testing.RawRequest;
import org.drawbridge.testing.SharedServer;
import org.drawbridge.testing.Simultaneously;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.drawbridge.testing.TestDatabase;
import org.drawbridge.testing.TestPerson;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The challenge API, called by its npm client,")
class ChallengesIT {

  private static final String BASE = "/authsignal/v1";
  private static final String ANA = "auth0|5f7c8ec7c33c6c004bbafe82";
  private static final String TRACK_ANA =
      "{\"userId\":\"" + ANA + "\",\"action\":\"auth0-login\",\"attributes\":{%s}}";

  private final TestCompany company = TestCompany.create();
  private final HttpCalls administrator = company.administrator();
  private final String companyPath = "/api/v1/companies/" + company.id();
  private final ChallengeClient client = ChallengeClient.of(company);

  private JsonObject track(String attributes) {
    return client.call("track", TRACK_ANA.formatted(attributes)).result();
  }

  private JsonObject validate(ChallengeClient asking, String token, String more) {
    return asking
        .call(
            "validateChallenge",
            JSON.createObjectBuilder().add("token", token).build().toString().replace("}", "")
                + more
                + "}")
        .result();
  }

  /** As if the person had answered the challenge. */
  private void succeed(JsonObject tracked) {
    client
        .call(
            "updateAction",
            "{\"userId\":\"%s\",\"action\":\"auth0-login\",\"idempotencyKey\":\"%s\",\"attributes\":{\"state\":\"CHALLENGE_SUCCEEDED\"}}"
                .formatted(ANA, tracked.getString("idempotencyKey")))
        .result();
  }

  @Test
  @DisplayName("knows a user that was never seen, and what it is told of one")
  void users() {
    String ana = "{\"userId\":\"" + ANA + "\"}";
    List<Answer> answers =
        client.call(
            new Call("getUser", ana),
            new Call(
                "updateUser",
                "{\"userId\":\""
                    + ANA
                    + "\",\"attributes\":{\"email\":\"ana@example.com\",\"emailVerified\":true,"
                    + "\"phoneNumber\":\"+4930901820\",\"username\":\"ana\",\"displayName\":\"Ana\","
                    + "\"custom\":{\"plan\":\"gold\",\"seats\":3,\"beta\":true}}}"),
            new Call("getUser", ana),
            new Call("updateUser", "{\"userId\":\"" + ANA + "\",\"attributes\":{}}"),
            new Call("queryUsers", "{\"email\":\"ana@example.com\"}"),
            new Call("queryUsers", "{\"username\":\"ben\"}"),
            new Call("queryUsers", "{\"username\":\"ana\"}"),
            new Call("queryUsers", "{\"phoneNumber\":\"+4930901820\"}"),
            new Call("queryUsers", "{\"phoneNumber\":\"+4930901821\"}"),
            new Call("queryUsers", "{\"email\":\"ana@example.com\",\"username\":\"ben\"}"),
            new Call("deleteUser", ana),
            new Call("getUser", ana),
            new Call("deleteUser", ana));
    JsonObject unseen = answers.get(0).result();
    assertThat(unseen.getBoolean("isEnrolled")).isFalse();
    assertThat(unseen.getBoolean("emailVerified")).isFalse();
    assertThat(unseen.getBoolean("phoneNumberVerified")).isFalse();
    assertThat(unseen).doesNotContainKeys("email", "phoneNumber", "username", "displayName");
    assertThat(texts(unseen.getJsonArray("allowedVerificationMethods")))
        .containsExactly("PASSKEY", "AUTHENTICATOR_APP", "EMAIL_OTP", "SMS", "RECOVERY_CODE");
    assertThat(unseen.getJsonArray("enrolledVerificationMethods")).isEmpty();
    JsonObject said = answers.get(1).result();
    assertThat(said.getBoolean("emailVerified")).isTrue();
    assertThat(said.getBoolean("phoneNumberVerified")).isFalse();
    JsonObject known = answers.get(2).result();
    assertThat(known.getString("email")).isEqualTo("ana@example.com");
    assertThat(known.getString("displayName")).isEqualTo("Ana");
    assertThat(known.getJsonObject("custom").getInt("seats")).isEqualTo(3);
    assertThat(answers.get(3).result()).isEqualTo(said);
    JsonArray found = answers.get(4).result().getJsonArray("users");
    assertThat(found).hasSize(1);
    assertThat(found.getJsonObject(0).getString("userId")).isEqualTo(ANA);
    assertThat(answers.get(5).result().getJsonArray("users")).isEmpty();
    assertThat(ids(answers.get(6).result())).containsExactly(ANA);
    assertThat(ids(answers.get(7).result())).containsExactly(ANA);
    assertThat(ids(answers.get(8).result())).isEmpty();
    assertThat(ids(answers.get(9).result())).as("both").isEmpty();
    assertThat(answers.get(10).result()).isEmpty();
    assertThat(answers.get(11).result()).isEqualTo(unseen);
    assertThat(answers.get(12).result()).isEmpty();
    assertThat(administrator.get(companyPath + "/activity").expect(200).text())
        .contains("challenge-user-changed", "challenge-user-deleted");
  }

  @Test
  @DisplayName("finds users a page at a time, and the one of a token")
  void pages() {
    for (String user : List.of("c", "a", "b")) {
      client.call("updateUser", "{\"userId\":\"" + user + "\",\"attributes\":{}}").result();
    }
    JsonObject first = client.call("queryUsers", "{\"limit\":2}").result();
    assertThat(ids(first)).containsExactly("a", "b");
    assertThat(first.getString("lastEvaluatedUserId")).isEqualTo("b");
    JsonObject rest =
        client.call("queryUsers", "{\"limit\":2,\"lastEvaluatedUserId\":\"b\"}").result();
    assertThat(ids(rest)).containsExactly("c");
    assertThat(rest).doesNotContainKey("lastEvaluatedUserId");
    assertThat(ids(client.call("queryUsers", "{\"limit\":1000}").result())).hasSize(3);
    JsonObject tracked = track("");
    String token = tracked.getString("token");
    JsonObject found = client.call("queryUsers", "{\"token\":\"" + token + "\"}").result();
    assertThat(ids(found)).containsExactly(ANA);
    JsonObject payload = found.getJsonObject("tokenPayload");
    assertThat(payload.getString("sub")).isEqualTo(ANA);
    assertThat(payload.getJsonObject("other").getString("idempotencyKey")).isEqualTo(key(tracked));
    assertThat(payload.getJsonObject("other").getString("actionCode")).isEqualTo("auth0-login");
    ChallengeClient other = ChallengeClient.of(TestCompany.create());
    JsonObject foreign = other.call("queryUsers", "{\"token\":\"" + token + "\"}").result();
    assertThat(ids(foreign)).isEmpty();
    assertThat(foreign).doesNotContainKey("tokenPayload");
    assertThat(ids(other.call("queryUsers", "{}").result())).isEmpty();
  }

  private static List<String> ids(JsonObject users) {
    return users.getJsonArray("users").getValuesAs(JsonObject.class).stream()
        .map(user -> user.getString("userId"))
        .toList();
  }

  private static List<String> texts(JsonArray array) {
    return array.getValuesAs(JsonString.class).stream().map(JsonString::getString).toList();
  }

  @Test
  @DisplayName("asks for a challenge at an action that it sees for the first time")
  void track() {
    JsonObject tracked = track("\"email\":\"ana@example.com\",\"ipAddress\":\"192.0.2.1\"");
    assertThat(tracked.getString("state")).isEqualTo("CHALLENGE_REQUIRED");
    assertThat(tracked.getBoolean("isEnrolled")).isFalse();
    assertThat(tracked.getString("url"))
        .isEqualTo(SharedServer.get().url() + "/challenge/?token=" + tracked.getString("token"));
    assertThat(tracked.getJsonArray("ruleIds")).isEmpty();
    assertThat(tracked).doesNotContainKey("defaultVerificationMethod");
    assertThat(texts(tracked.getJsonArray("allowedVerificationMethods")))
        .containsExactly("PASSKEY", "AUTHENTICATOR_APP", "EMAIL_OTP", "SMS", "RECOVERY_CODE");
    administrator
        .patch(companyPath + "/challenge-settings", "{\"verificationMethods\":[\"SMS\"]}")
        .expect(200);
    String key = tracked.getString("idempotencyKey");
    JsonObject again = track("\"idempotencyKey\":\"" + key + "\"");
    assertThat(again.getString("idempotencyKey")).isEqualTo(key);
    assertThat(texts(again.getJsonArray("allowedVerificationMethods"))).containsExactly("SMS");
    String attempt =
        "{\"userId\":\"%s\",\"action\":\"auth0-login\",\"idempotencyKey\":\"%s\"}"
            .formatted(ANA, key);
    JsonObject action = client.call("getAction", attempt).result();
    assertThat(action.getString("state")).isEqualTo("CHALLENGE_REQUIRED");
    assertThat(action.getString("createdAt")).isEqualTo(action.getString("stateUpdatedAt"));
    JsonArray all = client.call("queryUserActions", "{\"userId\":\"" + ANA + "\"}").list();
    assertThat(all).hasSize(1);
    assertThat(all.getJsonObject(0).getString("actionCode")).isEqualTo("auth0-login");
    assertThat(
            client
                .call(
                    "queryUserActions",
                    "{\"userId\":\""
                        + ANA
                        + "\",\"fromDate\":\"2026-03-01\",\"actionCodes\":[\"pay\",\"auth0-login\"],"
                        + "\"state\":\"CHALLENGE_REQUIRED\"}")
                .list())
        .isEqualTo(all);
    for (String other :
        List.of(
            "\"state\":\"ALLOW\"",
            "\"actionCodes\":[\"pay\"]",
            "\"fromDate\":\"" + Instant.now().plusSeconds(60) + "\"",
            "\"fromDate\":\"9999-01-01\"")) {
      assertThat(
              client.call("queryUserActions", "{\"userId\":\"" + ANA + "\"," + other + "}").list())
          .as(other)
          .isEmpty();
    }
  }

  @Test
  @DisplayName("blocks at an attempt that there is none of, which nobody can decide, either")
  void unknownAttempts() {
    JsonObject tracked = track("");
    succeed(tracked);
    for (String other :
        List.of(
            "\"userId\":\"ben\",\"action\":\"auth0-login\",\"idempotencyKey\":\"%s\"",
            "\"userId\":\"" + ANA + "\",\"action\":\"pay\",\"idempotencyKey\":\"%s\"",
            "\"userId\":\"" + ANA + "\",\"action\":\"auth0-login\",\"idempotencyKey\":\"%s-\"")) {
      String request = other.formatted(key(tracked));
      JsonObject attempt = client.call("getAction", "{" + request + "}").result();
      assertThat(attempt.getString("state")).as(other).isEqualTo("BLOCK");
      assertThat(Instant.parse(attempt.getString("createdAt")))
          .isEqualTo(attempt.getString("stateUpdatedAt"));
      assertThat(attempt.getJsonArray("rules")).isEmpty();
      assertThat(
              client
                  .call(
                      "updateAction",
                      "{" + request + ",\"attributes\":{\"state\":\"CHALLENGE_SUCCEEDED\"}}")
                  .error()
                  .getInt("statusCode"))
          .isEqualTo(404);
    }
  }

  @Test
  @DisplayName("finds an attempt whose key has a slash in it")
  void slashedKey() {
    track("\"idempotencyKey\":\"orders/17\"");
    assertThat(
            client
                .call(
                    "getAction",
                    "{\"userId\":\""
                        + ANA
                        + "\",\"action\":\"auth0-login\",\"idempotencyKey\":\"orders/17\"}")
                .result()
                .getString("state"))
        .isEqualTo("CHALLENGE_REQUIRED");
  }

  @Test
  @DisplayName(
      "answers the same of an attempt that is recorded together with others as of the rest")
  void together() {
    String told = "\"email\":\"ana@example.com\",\"username\":\"ana\",\"ipAddress\":\"192.0.2.1\"";
    JsonObject first = track(told);
    succeed(first);
    client
        .call(
            "enrollVerifiedAuthenticator",
            "{\"userId\":\""
                + ANA
                + "\",\"attributes\":{\"verificationMethod\":\"SMS\",\"phoneNumber\":\"+4930901820\"}}")
        .result();
    // A key that is there already is looked at by itself.
    JsonObject alone = track(told + ",\"idempotencyKey\":\"" + key(first) + "\"");
    double before = recordedTogether();
    JsonObject together = track(told);
    assertThat(recordedTogether()).isGreaterThan(before);
    assertThat(together.keySet()).isEqualTo(alone.keySet());
    for (String member :
        List.of(
            "isEnrolled",
            "enrolledVerificationMethods",
            "allowedVerificationMethods",
            "defaultVerificationMethod",
            "ruleIds")) {
      assertThat(together.get(member)).as(member).isEqualTo(alone.get(member));
    }
    assertThat(alone.getString("state")).isEqualTo("ALLOW");
    assertThat(together.getString("state")).isEqualTo("CHALLENGE_REQUIRED");
    succeed(together);
    assertThat(validate(client, together.getString("token"), "").getBoolean("isValid")).isTrue();
    JsonObject own = track(told + ",\"idempotencyKey\":\"own\",\"custom\":{\"a\":1}");
    assertThat(own.getString("idempotencyKey")).isEqualTo("own");
    assertThat(track(told + ",\"idempotencyKey\":\"own\"").getString("state"))
        .isEqualTo("CHALLENGE_REQUIRED");
    assertThat(client.call("queryUserActions", "{\"userId\":\"" + ANA + "\"}").list()).hasSize(3);
  }

  private static String key(JsonObject tracked) {
    return tracked.getString("idempotencyKey");
  }

  private static double recordedTogether() {
    String metrics = SharedServer.anonymous().get("/metrics").expect(200).text();
    Matcher matcher =
        Pattern.compile("drawbridge_attempts_total\\{recorded=\"TOGETHER\"} ([0-9.E]+)")
            .matcher(metrics);
    assertThat(matcher.find()).isTrue();
    return Double.parseDouble(matcher.group(1));
  }

  @Test
  @DisplayName("takes no secret for another moment once it is revoked")
  void revokedWhileInUse() {
    track("");
    track("");
    administrator.delete(companyPath + "/challenge-secrets/" + client.secretId()).expect(204);
    String path = BASE + "/users/ana/actions/auth0-login";
    assertThat(client.raw().post(path, "{}").expect(401).json().getString("error"))
        .isEqualTo("unauthorized");
    client.raw().post(BASE + "/users/auth0%7Cnew/actions/auth0-login", "{}").expect(401);
  }

  @ParameterizedTest
  @CsvSource({"ALLOW, ALLOW", "BLOCK, BLOCK", "CHALLENGE, CHALLENGE_REQUIRED", "REVIEW, BLOCK"})
  @DisplayName("answers what the company wants of the action")
  void outcomes(String outcome, String state) {
    administrator
        .put(
            companyPath + "/challenge-actions/auth0-login",
            "{\"defaultOutcome\":\"" + outcome + "\"}")
        .expect(200);
    assertThat(track("").getString("state")).isEqualTo(state);
    assertThat(administrator.get(companyPath + "/challenge-actions").expect(200).text())
        .contains("\"code\":\"auth0-login\"", "\"defaultOutcome\":\"" + outcome + "\"");
  }

  @Test
  @DisplayName("lets nobody in who waits for a review, and finds whom there is to look at")
  void reviews() {
    JsonObject asked = track("\"idempotencyKey\":\"asked\"");
    review(asked, "REVIEW_REQUIRED");
    administrator
        .put(companyPath + "/challenge-actions/auth0-login", "{\"defaultOutcome\":\"REVIEW\"}")
        .expect(200);
    JsonObject ruled = track("\"idempotencyKey\":\"ruled\"");
    assertThat(ruled.getString("state")).isEqualTo("BLOCK");
    String waiting = "{\"userId\":\"" + ANA + "\",\"state\":\"REVIEW_REQUIRED\"}";
    assertThat(client.call("queryUserActions", waiting).list().getValuesAs(JsonObject.class))
        .extracting(attempt -> attempt.getString("idempotencyKey"))
        .containsExactly("ruled", "asked");
    for (JsonObject attempt : List.of(asked, ruled)) {
      String again = "\"idempotencyKey\":\"" + key(attempt) + "\"";
      assertThat(track(again).getString("state")).as("waits").isEqualTo("BLOCK");
      HttpCalls page = page(attempt.getString("token"));
      assertThat(page.get("/api/v1/challenge").expect(200).json().getString("state"))
          .isEqualTo("REVIEW_REQUIRED");
      Problems.expect(page.post("/api/v1/challenge/app"), 409, "challenge-closed");
      assertThat(validate(client, attempt.getString("token"), "").getBoolean("isValid")).isFalse();
      review(attempt, "REVIEW_FAILED");
      assertThat(track(again).getString("state")).as("failed").isEqualTo("BLOCK");
      review(attempt, "REVIEW_SUCCEEDED");
      assertThat(track(again).getString("state")).isEqualTo("ALLOW");
    }
    assertThat(client.call("queryUserActions", waiting).list()).isEmpty();
  }

  @Test
  @DisplayName("lets nobody in whose challenge has failed, however often it is tracked")
  void failed() {
    JsonObject tracked = track("");
    review(tracked, "CHALLENGE_FAILED");
    assertThat(track("\"idempotencyKey\":\"" + key(tracked) + "\"").getString("state"))
        .isEqualTo("BLOCK");
    assertThat(client.call("queryUserActions", "{\"userId\":\"" + ANA + "\"}").list().toString())
        .contains("CHALLENGE_FAILED");
  }

  private void review(JsonObject tracked, String state) {
    client
        .call(
            "updateAction",
            "{\"userId\":\"%s\",\"action\":\"auth0-login\",\"idempotencyKey\":\"%s\",\"attributes\":{\"state\":\"%s\"}}"
                .formatted(ANA, key(tracked), state))
        .result();
  }

  @Test
  @DisplayName("never lets a locked account in, whatever was decided before")
  void oneLockState() {
    TestApplication application = company.application();
    String account = application.account(ANA);
    administrator
        .put(companyPath + "/challenge-actions/auth0-login", "{\"defaultOutcome\":\"ALLOW\"}")
        .expect(200);
    assertThat(track("").getString("state")).isEqualTo("ALLOW");
    JsonObject challenged = track("");
    succeed(challenged);
    track("\"idempotencyKey\":\"before\"");
    application.lock(account);
    assertThat(track("").getString("state")).isEqualTo("BLOCK");
    assertThat(track("\"idempotencyKey\":\"before\"").getString("state")).isEqualTo("BLOCK");
    assertThat(
            client
                .call(
                    "getAction",
                    "{\"userId\":\"%s\",\"action\":\"auth0-login\",\"idempotencyKey\":\"%s\"}"
                        .formatted(ANA, challenged.getString("idempotencyKey")))
                .result()
                .getString("state"))
        .isEqualTo("BLOCK");
    JsonObject validated = validate(client, challenged.getString("token"), "");
    assertThat(validated.getBoolean("isValid")).isFalse();
    assertThat(validated.getString("state")).isEqualTo("BLOCK");
    assertThat(administrator.get(companyPath + "/activity").expect(200).text())
        .contains("challenge-blocked");
    String path = "/api/v1/accounts/" + account;
    administrator.patch(path, "{\"enabled\":false}").expect(200);
    assertThat(track("").getString("state")).as("not protected").isEqualTo("ALLOW");
    administrator.patch(path, "{\"enabled\":true}").expect(200);
    assertThat(track("").getString("state")).isEqualTo("BLOCK");
    application.unlock(account);
    assertThat(track("").getString("state")).isEqualTo("ALLOW");
  }

  @Test
  @DisplayName("never lets in whose account is locked that is named by the address that is told")
  void lockedByAddress() {
    TestApplication application = company.application();
    String account = application.account("ana@example.com");
    administrator
        .put(companyPath + "/challenge-actions/auth0-login", "{\"defaultOutcome\":\"ALLOW\"}")
        .expect(200);
    String told = "\"email\":\"ana@example.com\"";
    assertThat(track(told).getString("state")).isEqualTo("ALLOW");
    double before = recordedTogether();
    JsonObject challenged = track(told);
    assertThat(recordedTogether()).isGreaterThan(before);
    succeed(challenged);
    application.lock(account);
    for (String attributes : List.of(told, "", "\"email\":\"Ana@Example.com\"")) {
      assertThat(track(attributes).getString("state")).as(attributes).isEqualTo("BLOCK");
    }
    assertThat(validate(client, challenged.getString("token"), "").getString("state"))
        .isEqualTo("BLOCK");
    assertThat(
            client
                .raw()
                .post(BASE + "/users/auth0%7Cnew/actions/auth0-login", "{" + told + "}")
                .expect(200)
                .json()
                .getString("state"))
        .as("of a new user")
        .isEqualTo("BLOCK");
    application.unlock(account);
    assertThat(track(told).getString("state")).isEqualTo("ALLOW");
  }

  @Test
  @DisplayName("never lets in whose account is locked, though another address was verified")
  void lockedByNewAddress() {
    TestApplication application = company.application();
    administrator
        .put(companyPath + "/challenge-actions/auth0-login", "{\"defaultOutcome\":\"ALLOW\"}")
        .expect(200);
    track("\"email\":\"old@example.com\"");
    client
        .call("updateUser", "{\"userId\":\"" + ANA + "\",\"attributes\":{\"emailVerified\":true}}")
        .result();
    application.lock(application.account("new@example.com"));
    assertThat(track("\"email\":\"old@example.com\"").getString("state")).isEqualTo("ALLOW");
    for (int i = 0; i < 2; i++) {
      assertThat(track("\"email\":\"new@example.com\"").getString("state")).isEqualTo("BLOCK");
    }
    assertThat(track("").getString("state")).isEqualTo("BLOCK");
  }

  @Test
  @DisplayName("believes what the identity provider tells last, until an address is verified")
  void told() {
    String ana = "{\"userId\":\"" + ANA + "\"}";
    track("\"email\":\"old@example.com\",\"phoneNumber\":\"+4930901820\"");
    track("\"email\":\"new@example.com\"");
    JsonObject told = client.call("getUser", ana).result();
    assertThat(told.getString("email")).isEqualTo("new@example.com");
    assertThat(told.getString("phoneNumber")).isEqualTo("+4930901820");
    client
        .call("updateUser", "{\"userId\":\"" + ANA + "\",\"attributes\":{\"emailVerified\":true}}")
        .result();
    track("\"email\":\"other@example.com\"");
    assertThat(client.call("getUser", ana).result().getString("email"))
        .isEqualTo("new@example.com");
  }

  @Test
  @DisplayName("counts the passkeys that the account's owner has")
  void passkeys() {
    TestPerson person = TestPerson.signedUp(company.application());
    JsonObject tracked =
        client
            .call("track", "{\"userId\":\"" + person.subject() + "\",\"action\":\"auth0-login\"}")
            .result();
    assertThat(tracked.getBoolean("isEnrolled")).isTrue();
    assertThat(texts(tracked.getJsonArray("enrolledVerificationMethods")))
        .containsExactly("PASSKEY");
    assertThat(tracked.getString("defaultVerificationMethod")).isEqualTo("PASSKEY");
    for (int i = 0; i < 2; i++) {
      assertThat(track("\"email\":\"" + person.subject() + "\"").getBoolean("isEnrolled"))
          .as("who is only told to have that address")
          .isFalse();
    }
  }

  @Test
  @DisplayName("makes one attempt of many simultaneous ones with the same key, of a new user, too")
  void simultaneous() {
    HttpCalls raw = client.raw();
    String path = BASE + "/users/auth0%7Cnew/actions/never-seen";
    assertThat(
            Simultaneously.call(
                8,
                i ->
                    raw.post(path, "{\"idempotencyKey\":\"one\"}")
                        .expect(200)
                        .json()
                        .getString("idempotencyKey")))
        .containsOnly("one");
    assertThat(raw.get(BASE + "/users/auth0%7Cnew/actions").expect(200).jsonArray()).hasSize(1);
  }

  @Test
  @DisplayName("answers each of many who delete and track a user at the same time")
  void deletedMeanwhile() {
    HttpCalls raw = client.raw();
    String path = BASE + "/users/auth0%7Cgone";
    for (int round = 0; round < 10; round++) {
      assertThat(
              Simultaneously.call(
                  6,
                  i ->
                      (i % 2 == 0
                              ? raw.delete(path)
                              : raw.post(path + "/actions/pay", "{\"idempotencyKey\":\"k\"}"))
                          .status()))
          .isSubsetOf(200, 204, 409);
    }
  }

  @Test
  @DisplayName("sends people back to origins that the company has allowed, and nowhere else")
  void redirects() {
    String url = "\"redirectUrl\":\"%s\"";
    JsonObject refused =
        client
            .call("track", TRACK_ANA.formatted(url.formatted("https://acme.eu.auth0.com/continue")))
            .error();
    assertThat(refused.getInt("statusCode")).isEqualTo(422);
    assertThat(refused.getString("errorCode")).isEqualTo("impossible_request");
    assertThat(refused.getString("errorDescription")).startsWith("/redirectUrl must be an https");
    administrator
        .patch(
            companyPath + "/challenge-settings",
            "{\"allowedOrigins\":[\"https://acme.eu.auth0.com\"]}")
        .expect(200);
    track(url.formatted("https://acme.eu.auth0.com/continue?a=b"));
    track(url.formatted("https://ACME.eu.auth0.com:443/continue"));
    for (String elsewhere :
        List.of(
            "https://evil.example.com/",
            "http://acme.eu.auth0.com/continue",
            "https://acme.eu.auth0.com:444/",
            "https://acme.eu.auth0.com.evil.example.com/",
            "https://acme.eu.auth0.com@evil.example.com/",
            "https://evil.example.com\\\\@acme.eu.auth0.com/",
            "//acme.eu.auth0.com/",
            "javascript:alert(1)",
            "/continue")) {
      assertThat(
              client
                  .call("track", TRACK_ANA.formatted(url.formatted(elsewhere)))
                  .error()
                  .getInt("statusCode"))
          .as(elsewhere)
          .isEqualTo(422);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://acme.example.com/path",
        "http://acme.example.com",
        "acme.example.com",
        "https://a@acme.example.com",
        "*"
      })
  @DisplayName("takes nothing for an origin that is none")
  void badOrigin(String origin) {
    assertThat(
            administrator
                .patch(
                    companyPath + "/challenge-settings",
                    "{\"allowedOrigins\":[\"https://a.example.com\",\"" + origin + "\"]}")
                .expect(422)
                .wrongMembers())
        .containsExactly("/allowedOrigins/1");
    assertThat(
            administrator
                .get(companyPath + "/challenge-settings")
                .expect(200)
                .json()
                .getJsonArray("allowedOrigins"))
        .isEmpty();
  }

  @Test
  @DisplayName("shows and changes the settings of their own company alone for administrators")
  void settingsOfOthers() {
    String settings = companyPath + "/challenge-settings";
    String change = "{\"allowedOrigins\":[\"https://evil.example.com\"]}";
    HttpCalls own = company.ownAdministrator();
    String before = own.get(settings).expect(200).text();
    HttpCalls foreign = TestCompany.create().ownAdministrator();
    Problems.expect(foreign.get(settings), 404, "not-found");
    Problems.expect(foreign.patch(settings, change), 404, "not-found");
    Problems.expect(SharedServer.anonymous().get(settings), 401, "credential-missing");
    Problems.expect(SharedServer.anonymous().patch(settings, change), 401, "credential-missing");
    assertThat(own.get(settings).expect(200).text()).isEqualTo(before);
    own.patch(settings, change).expect(200);
  }

  @Test
  @DisplayName("takes no origin that is longer than any")
  void longOrigin() {
    String origin = "https://" + "a.".repeat(4050) + "example.com";
    assertThat(
            administrator
                .patch(
                    companyPath + "/challenge-settings",
                    "{\"allowedOrigins\":[\"" + origin + "\"]}")
                .expect(400)
                .wrongMembers())
        .containsExactly("/allowedOrigins/0");
  }

  @Test
  @DisplayName("finds a token valid whose challenge was answered, once, for its user and action")
  void validate() {
    JsonObject tracked = track("");
    String token = tracked.getString("token");
    JsonObject open = validate(client, token, "");
    assertThat(open.getBoolean("isValid")).isFalse();
    assertThat(open.getString("state")).isEqualTo("CHALLENGE_REQUIRED");
    succeed(tracked);
    for (String other :
        List.of(
            ",\"userId\":\"auth0|other\"",
            ",\"action\":\"pay\"",
            ",\"action\":\"pay\",\"userId\":\"" + ANA + "\"")) {
      JsonObject refused = validate(client, token, other);
      assertThat(refused.getBoolean("isValid")).as(other).isFalse();
      assertThat(refused).doesNotContainKeys("state", "userId", "action");
      assertThat(refused.getString("error")).startsWith("The token is for another ");
    }
    ChallengeClient foreign = ChallengeClient.of(TestCompany.create());
    assertThat(validate(foreign, token, "").getString("error")).contains("invalid");
    JsonObject valid =
        validate(client, token, ",\"action\":\"auth0-login\",\"userId\":\"" + ANA + "\"");
    assertThat(valid.getBoolean("isValid")).isTrue();
    assertThat(valid.getString("state")).isEqualTo("CHALLENGE_SUCCEEDED");
    assertThat(valid.getString("userId")).isEqualTo(ANA);
    assertThat(valid.getString("action")).isEqualTo("auth0-login");
    assertThat(valid.getString("idempotencyKey")).isEqualTo(tracked.getString("idempotencyKey"));
    assertThat(valid.getString("stateUpdatedAt")).isNotBlank();
    assertThat(valid).doesNotContainKey("error");
  }

  @Test
  @DisplayName(
      "finds a token valid once, and again for a minute, and once more when it is reopened")
  void once() {
    TestDatabase database = SharedServer.database();
    JsonObject tracked = track("");
    String token = tracked.getString("token");
    succeed(tracked);
    assertThat(validate(client, token, "").getBoolean("isValid")).isTrue();
    assertThat(validate(client, token, "").getBoolean("isValid")).as("an answer lost").isTrue();
    database.execute(
        "update challenge_attempts set validated_at = validated_at - interval '61 seconds'"
            + " where company_id = ?",
        UUID.fromString(company.id()));
    JsonObject used = validate(client, token, "");
    assertThat(used.getBoolean("isValid")).isFalse();
    assertThat(used.getString("error")).isEqualTo("The token has been used.");
    assertThat(used).doesNotContainKeys("state", "userId", "idempotencyKey");
    review(tracked, "CHALLENGE_REQUIRED");
    assertThat(validate(client, token, "").getString("state")).isEqualTo("CHALLENGE_REQUIRED");
    succeed(tracked);
    assertThat(validate(client, token, "").getBoolean("isValid")).isTrue();
  }

  @Test
  @DisplayName("finds no token valid that was changed, or whose secret is revoked")
  void tampered() {
    JsonObject tracked = track("");
    succeed(tracked);
    String token = tracked.getString("token");
    String[] parts = token.split("\\.");
    for (String wrong :
        List.of(
            parts[0] + "." + parts[1] + ".",
            token.substring(0, token.length() - 4) + "AAAA",
            "eyJhbGciOiJub25lIn0." + parts[1] + "." + parts[2],
            "eyJhbGciOiJub25lIn0." + parts[1] + ".",
            "x",
            "")) {
      JsonObject refused = validate(client, wrong, "");
      assertThat(refused.getBoolean("isValid")).as(wrong).isFalse();
      assertThat(refused).as(wrong).doesNotContainKey("state");
    }
    ChallengeClient second = ChallengeClient.of(company);
    administrator.delete(companyPath + "/challenge-secrets/" + client.secretId()).expect(204);
    assertThat(validate(second, token, "").getBoolean("isValid")).isFalse();
  }

  @Test
  @DisplayName("takes a token for a quarter of an hour, here and on the page")
  void expired() throws GeneralSecurityException {
    JsonObject tracked = track("");
    String young = aged(tracked.getString("token"), 60);
    assertThat(validate(client, young, "").getString("state")).isEqualTo("CHALLENGE_REQUIRED");
    page(young).get("/api/v1/challenge").expect(200);
    succeed(tracked);
    String old = aged(tracked.getString("token"), 16 * 60);
    JsonObject refused = validate(client, old, "");
    assertThat(refused.getBoolean("isValid")).isFalse();
    assertThat(refused.getString("error")).isEqualTo("The token is invalid or has expired.");
    assertThat(refused).doesNotContainKeys("state", "userId", "idempotencyKey");
    Problems.expect(page(old).get("/api/v1/challenge"), 409, "challenge-closed");
    Problems.expect(page(old).post("/api/v1/challenge/app"), 409, "challenge-closed");
    assertThat(ids(client.call("queryUsers", "{\"token\":\"" + old + "\"}").result())).isEmpty();
    assertThat(validate(client, young, "").getBoolean("isValid")).isTrue();
  }

  private static HttpCalls page(String token) {
    return SharedServer.anonymous().with("x-drawbridge-challenge", token);
  }

  /** The token as it would be had it been issued so many seconds before. */
  private String aged(String token, int seconds) throws GeneralSecurityException {
    String[] parts = token.split("\\.");
    JsonObject claims;
    try (JsonReader reader =
        JSON.createReader(
            new StringReader(
                new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)))) {
      claims = reader.readObject();
    }
    String payload =
        JSON.createObjectBuilder(claims)
            .add("iat", claims.getInt("iat") - seconds)
            .add("exp", claims.getInt("exp") - seconds)
            .build()
            .toString();
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    String signed =
        parts[0] + "." + encoder.encodeToString(payload.getBytes(StandardCharsets.UTF_8));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(client.secret().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return signed
        + "."
        + encoder.encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  @DisplayName("is for those who have a challenge secret that counts, and tells them apart by it")
  void secrets() {
    String ana = "{\"userId\":\"" + ANA + "\"}";
    ChallengeClient wrong = new ChallengeClient(company, client.server(), "", "wrong");
    JsonObject error = wrong.call("getUser", ana).error();
    assertThat(error.getInt("statusCode")).isEqualTo(401);
    assertThat(error.getString("errorCode")).isEqualTo("unauthorized");
    assertThat(error.getString("errorDescription"))
        .isEqualTo(
            "The request is unauthorized. Check that your API key and region base URL are"
                + " correctly configured.");
    HttpCalls anonymous = SharedServer.anonymous();
    String user = BASE + "/users/ana";
    assertThat(anonymous.get(user).expect(401).json().getString("error")).isEqualTo("unauthorized");
    for (String credential :
        List.of(
            client.secret(),
            client.secret() + ":x",
            ":" + client.secret(),
            company.apiKey() + ":")) {
      anonymous
          .with("Authorization", "Basic " + ChallengeClient.basic(credential))
          .get(user)
          .expect(401);
    }
    anonymous.with("Authorization", "Basic ???").get(user).expect(401);
    anonymous.with("Authorization", "Bearer " + client.secret()).get(user).expect(401);
    Problems.expect(
        anonymous.with("x-nl3-api-token", client.secret()).get("/nl3/api/v1/sdk/policies"),
        401,
        "credential-refused");
    String secrets = companyPath + "/challenge-secrets";
    assertThat(administrator.get(secrets).expect(200).text())
        .contains(client.secretId())
        .doesNotContain(client.secret());
    assertThat(administrator.get(companyPath + "/api-keys").expect(200).text())
        .doesNotContain(client.secretId());
    Problems.expect(
        administrator.delete(companyPath + "/api-keys/" + client.secretId()), 404, "not-found");
    administrator.delete(secrets + "/" + client.secretId()).expect(204);
    assertThat(client.call("getUser", ana).error().getInt("statusCode")).isEqualTo(401);
    Problems.expect(TestCompany.create().ownAdministrator().get(secrets), 404, "not-found");
    Problems.expect(anonymous.get(secrets), 401, "credential-missing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /users/ana/actions/a%20b         | {}                            | /action
          /users/ana/actions/pay           | {"email":"x"}                 | /email
          /users/ana/actions/pay           | {"phoneNumber":"x"}           | /phoneNumber
          /users/ana/actions/pay           | {"idempotencyKey":""}         | /idempotencyKey
          /users/ana/actions/pay           | {"custom":1}                  | /custom
          /users/ana/actions/pay           | {"username":"a\\u0000b"}      | /username
          /validate                        | {}                            | /token
          """)
  @DisplayName("names what is wrong in a request")
  void malformed(String path, String json, String member) {
    JsonObject error = client.raw().post(BASE + path, json).expect(400).json();
    assertThat(error.getString("error")).isEqualTo("malformed_request");
    assertThat(error.getString("errorDescription")).startsWith(member + " ");
  }

  @Test
  @DisplayName("says in its own words, too, what is refused before it is read")
  void edge() {
    HttpCalls.Answer tooLarge = client.raw().post(BASE + "/validate", " ".repeat(300_000));
    assertThat(tooLarge.contentType()).startsWith("application/json");
    assertThat(tooLarge.expect(413).json())
        .isEqualTo(error("content_too_large", "The body is over 256 KiB."));
    URI server = SharedServer.get().url();
    assertThat(RawRequest.get(server, BASE + "/users?email=%zz", ""))
        .startsWith("HTTP/1.1 400 ")
        .contains("Content-Type: application/json")
        .endsWith(
            error(
                    "malformed_request",
                    "The address has a malformed percent-encoding, or one of NUL.")
                .toString());
  }

  private static JsonObject error(String code, String description) {
    return JSON.createObjectBuilder()
        .add("error", code)
        .add("errorDescription", description)
        .build();
  }

  @Test
  @DisplayName("takes whatever a client tells of its own, and keeps of it what rules can use")
  void custom() {
    String told =
        "\"custom\":{\"plan\":\"gold\",\"seats\":3,\"beta\":true,\"roles\":[\"a\",{}],"
            + "\"org\":{\"id\":1},\"score\":null,\"note\":\"a\\u0000b\"}";
    administrator
        .put(
            companyPath + "/challenge-actions/auth0-login",
            "{\"defaultOutcome\":\"ALLOW\",\"rules\":[{\"name\":\"gold\",\"outcome\":\"BLOCK\","
                + "\"when\":{\"custom\":[{\"name\":\"plan\",\"is\":[\"gold\"]}]}}]}")
        .expect(200);
    assertThat(track(told).getString("state")).isEqualTo("BLOCK");
    String user = "{\"userId\":\"" + ANA + "\"";
    client.call("updateUser", user + ",\"attributes\":{" + told + "}}").result();
    assertThat(client.call("getUser", user + "}").result().getJsonObject("custom"))
        .isEqualTo(
            JSON.createObjectBuilder()
                .add("plan", "gold")
                .add("seats", 3)
                .add("beta", true)
                .build());
    String most = JSON.createObjectBuilder().add("a", "x".repeat(16_000)).build().toString();
    assertThat(
            client
                .raw()
                .post(BASE + "/users/ana/actions/pay", "{\"custom\":" + most + "}")
                .expect(400)
                .json()
                .getString("errorDescription"))
        .startsWith("/custom must have at most ");
  }

  @Test
  @DisplayName("takes strange browsers and ids, and refuses what is no query")
  void strange() {
    HttpCalls raw = client.raw();
    raw.post(
            BASE + "/users/" + "%E2%9C%93%20a%2Bb" + "/actions/pay",
            "{\"userAgent\":\"" + "x".repeat(5000) + "\",\"unknown\":[]}")
        .expect(200);
    assertThat(raw.get(BASE + "/users/%E2%9C%93%20a%2Bb/actions").expect(200).jsonArray())
        .hasSize(1);
    raw.get(BASE + "/users/" + "u".repeat(256)).expect(400);
    for (String query : List.of("limit=0", "limit=x", "limit=-1")) {
      raw.get(BASE + "/users?" + query).expect(400);
    }
    for (String query :
        List.of("fromDate=yesterday", "fromDate=%2B999999999-12-31", "state=DONE")) {
      raw.get(BASE + "/users/ana/actions?" + query).expect(400);
    }
    assertThat(raw.get(BASE + "/nothing").expect(404).json().getString("error"))
        .isEqualTo("not_found");
    Problems.expect(
        administrator.get("/api/v1/companies/" + UUID.randomUUID() + "/challenge-settings"),
        404,
        "not-found");
  }
}
