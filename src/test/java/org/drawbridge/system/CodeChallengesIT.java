package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.drawbridge.testing.Await;
import org.drawbridge.testing.ChallengeClient;
import org.drawbridge.testing.HttpCalls;
import org.drawbridge.testing.MailServer;
import org.drawbridge.testing.Simultaneously;
import org.drawbridge.testing.SmsGateway;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.drawbridge.testing.TestPerson;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Authenticators, and codes without the challenge page, called by the npm client,")
class CodeChallengesIT {

  private final TestCompany company = TestCompany.create();
  private final ChallengeClient client = ChallengeClient.of(company);
  private final String user = "auth0|" + UUID.randomUUID();
  private final String ana = "{\"userId\":\"" + user + "\"}";
  private final String email = "ana-" + UUID.randomUUID() + "@example.com";
  private final String phone =
      "+49" + ThreadLocalRandom.current().nextLong(1_000_000_000L, 10_000_000_000L);

  private JsonObject challenge(String more) {
    return client
        .call(
            "challenge",
            "{\"verificationMethod\":\"EMAIL_OTP\",\"action\":\"signIn\",\"email\":\""
                + email
                + "\""
                + more
                + "}")
        .result();
  }

  private String code(int number) {
    Await.until(Duration.ofSeconds(30), () -> codeMails().size() >= number);
    return TestPerson.codeIn(MailServer.text(codeMails().get(number - 1)));
  }

  private List<MimeMessage> codeMails() {
    return MailServer.shared().mails(email).stream()
        .filter(mail -> MailServer.subject(mail).startsWith("Your code"))
        .toList();
  }

  private JsonObject verify(JsonObject challenge, String code) {
    return client
        .call(
            "verify",
            "{\"challengeId\":\"%s\",\"verificationCode\":\"%s\"}"
                .formatted(challenge.getString("challengeId"), code))
        .result();
  }

  private ChallengeClient.Answer claim(JsonObject challenge, String more) {
    return client.call(
        "claimChallenge",
        "{\"challengeId\":\"%s\",\"userId\":\"%s\"%s}"
            .formatted(challenge.getString("challengeId"), user, more));
  }

  private static String wrong(String code) {
    return code.equals("000000") ? "000001" : "000000";
  }

  @Test
  @DisplayName("enrol what the company has verified, with recovery codes at the first time")
  void enrol() {
    String enrol =
        "{\"userId\":\"%s\",\"attributes\":{\"verificationMethod\":\"%s\",\"%s\":\"%s\"}}";
    JsonObject first =
        client
            .call("enrollVerifiedAuthenticator", enrol.formatted(user, "EMAIL_OTP", "email", email))
            .result();
    assertThat(first.getJsonArray("recoveryCodes")).hasSize(10);
    assertThat(MailServer.text(MailServer.shared().mail(email, "A second step was added")))
        .contains(": codes by e-mail");
    JsonObject mail = first.getJsonObject("authenticator");
    assertThat(mail.getString("email")).isEqualTo(email);
    assertThat(mail.getString("verificationMethod")).isEqualTo("EMAIL_OTP");
    assertThat(mail.getString("userId")).isEqualTo(user);
    assertThat(mail).doesNotContainKeys("phoneNumber", "webauthnCredential");
    assertThat(mail.getBoolean("isDefault")).isTrue();
    JsonObject second =
        client
            .call(
                "enrollVerifiedAuthenticator",
                enrol
                    .formatted(user, "SMS", "phoneNumber", phone)
                    .replace("}}", ",\"isDefault\":true}}"))
            .result();
    JsonObject tracked =
        client.call("track", "{\"userId\":\"%s\",\"action\":\"signIn\"}".formatted(user)).result();
    assertThat(tracked.getString("defaultVerificationMethod")).isEqualTo("SMS");
    assertThat(tracked.getJsonArray("enrolledVerificationMethods").getString(0)).isEqualTo("SMS");
    assertThat(second).doesNotContainKey("recoveryCodes");
    JsonArray all = client.call("getAuthenticators", ana).list();
    assertThat(all.getValuesAs(JsonObject.class))
        .extracting(a -> a.getString("verificationMethod") + " " + a.getBoolean("isDefault"))
        .containsExactlyInAnyOrder("EMAIL_OTP false", "SMS true");
    JsonObject known = client.call("getUser", ana).result();
    assertThat(known.getBoolean("isEnrolled")).isTrue();
    assertThat(known.getBoolean("emailVerified")).isTrue();
    assertThat(known.getBoolean("phoneNumberVerified")).isTrue();
    assertThat(known.getJsonArray("enrolledVerificationMethods")).hasSize(2);
    String remove =
        "{\"userId\":\"%s\",\"userAuthenticatorId\":\"%s\"}"
            .formatted(user, mail.getString("userAuthenticatorId"));
    client.call("deleteAuthenticator", remove).result();
    assertThat(client.call("deleteAuthenticator", remove).error().getInt("statusCode"))
        .isEqualTo(404);
    assertThat(client.call("getAuthenticators", ana).list()).hasSize(1);
    assertThat(
            client
                .call(
                    "enrollVerifiedAuthenticator",
                    enrol.formatted(user, "AUTHENTICATOR_APP", "email", email))
                .error()
                .getInt("statusCode"))
        .isEqualTo(422);
    assertThat(
            client
                .call("enrollVerifiedAuthenticator", enrol.formatted(user, "SMS", "email", email))
                .error()
                .getString("errorDescription"))
        .startsWith("/phoneNumber ");
    assertThat(
            company.administrator().get("/api/v1/companies/" + company.id() + "/activity").text())
        .contains("authenticator-enrolled", "authenticator-removed");
    client.call("deleteUser", ana).result();
    assertThat(client.call("getAuthenticators", ana).list()).isEmpty();
  }

  @Test
  @DisplayName("are enrolled only where the company allows them, and recovery codes likewise")
  void enrolAllowed() {
    allow("\"verificationMethods\":[\"PASSKEY\",\"EMAIL_OTP\"]");
    JsonObject refused =
        client
            .call(
                "enrollVerifiedAuthenticator",
                "{\"userId\":\"%s\",\"attributes\":{\"verificationMethod\":\"SMS\",\"phoneNumber\":\"%s\"}}"
                    .formatted(user, phone))
            .error();
    assertThat(refused.getInt("statusCode")).isEqualTo(422);
    assertThat(refused.getString("errorDescription")).startsWith("/verificationMethod ");
    assertThat(
            client
                .call(
                    "enrollVerifiedAuthenticator",
                    "{\"userId\":\"%s\",\"attributes\":{\"verificationMethod\":\"EMAIL_OTP\",\"email\":\"%s\"}}"
                        .formatted(user, email))
                .result())
        .as("where they are not allowed")
        .doesNotContainKey("recoveryCodes");
    JsonArray all = client.call("getAuthenticators", ana).list();
    assertThat(all.getValuesAs(JsonObject.class))
        .extracting(own -> own.getString("verificationMethod"))
        .containsExactly("EMAIL_OTP");
  }

  @Test
  @DisplayName("list the passkeys of the account's owner, and remove all but the last")
  void passkeys() {
    TestPerson person = TestPerson.signedUp(company.application());
    String whose = "{\"userId\":\"" + person.subject() + "\"}";
    // Known by name once something is tracked.
    client
        .call("track", "{\"userId\":\"" + person.subject() + "\",\"action\":\"auth0-login\"}")
        .result();
    JsonArray all = client.call("getAuthenticators", whose).list();
    assertThat(all).hasSize(1);
    JsonObject passkey = all.getJsonObject(0);
    assertThat(passkey.getString("verificationMethod")).isEqualTo("PASSKEY");
    assertThat(passkey.getJsonObject("webauthnCredential").getString("credentialId"))
        .isEqualTo(person.authenticator().credentialId());
    JsonObject last =
        client
            .call(
                "deleteAuthenticator",
                "{\"userId\":\"%s\",\"userAuthenticatorId\":\"%s\"}"
                    .formatted(person.subject(), passkey.getString("userAuthenticatorId")))
            .error();
    assertThat(last.getInt("statusCode")).isEqualTo(409);
    assertThat(last.getString("errorCode")).isEqualTo("last_credential");
  }

  @Test
  @DisplayName("challenge an address, and let the company say whose the answer was")
  void wholeWay() {
    JsonObject challenge = challenge("");
    assertThat(Instant.ofEpochSecond(challenge.getJsonNumber("expiresAt").longValue()))
        .isBetween(Instant.now().plusSeconds(500), Instant.now().plusSeconds(610));
    JsonObject active =
        client.call("getChallenge", "{\"challengeId\":\"" + id(challenge) + "\"}").result();
    assertThat(active.getString("email")).isEqualTo(email);
    assertThat(active.getString("action")).isEqualTo("signIn");
    assertThat(claim(challenge, "").error().getInt("statusCode")).isEqualTo(409);
    String code = code(1);
    JsonObject refused = verify(challenge, wrong(code));
    assertThat(refused.getBoolean("isVerified")).isFalse();
    assertThat(refused.getString("failureReason")).isEqualTo("CODE_INVALID_OR_EXPIRED");
    assertThat(refused).doesNotContainKey("email");
    JsonObject verified = verify(challenge, code);
    assertThat(verified.getBoolean("isVerified")).isTrue();
    assertThat(verified.getString("email")).isEqualTo(email);
    assertThat(verified.getString("verificationMethod")).isEqualTo("EMAIL_OTP");
    assertThat(verified).doesNotContainKey("failureReason");
    assertThat(verify(challenge, code).getBoolean("isVerified")).as("once").isFalse();
    assertThat(client.call("getChallenge", "{\"challengeId\":\"" + id(challenge) + "\"}").result())
        .isEmpty();
    JsonObject claimed = claim(challenge, "").result();
    assertThat(claimed.getString("verificationMethod")).isEqualTo("EMAIL_OTP");
    JsonObject valid =
        client
            .call(
                "validateChallenge",
                "{\"token\":\"%s\",\"userId\":\"%s\",\"action\":\"signIn\"}"
                    .formatted(claimed.getString("token"), user))
            .result();
    assertThat(valid.getBoolean("isValid")).isTrue();
    assertThat(valid.getString("verificationMethod")).isEqualTo("EMAIL_OTP");
    assertThat(valid.getString("idempotencyKey")).isEqualTo(challenge.getString("idempotencyKey"));
    JsonObject listed = client.call("queryUserActions", ana).list().getJsonObject(0);
    assertThat(listed.getString("verifiedByAuthenticatorId"))
        .isEqualTo(
            client
                .call("getAuthenticators", ana)
                .list()
                .getJsonObject(0)
                .getString("userAuthenticatorId"));
    assertThat(claim(challenge, "").error().getInt("statusCode")).as("once").isEqualTo(409);
    assertThat(client.call("getUser", ana).result().getBoolean("isEnrolled")).isTrue();
    // From now on it goes to what is enrolled.
    JsonObject next =
        client
            .call(
                "challenge",
                "{\"verificationMethod\":\"EMAIL_OTP\",\"action\":\"signIn\",\"userId\":\""
                    + user
                    + "\"}")
            .result();
    assertThat(verify(next, code(2)).getString("email")).isEqualTo(email);
    assertThat(
            client
                .call(
                    "claimChallenge",
                    "{\"challengeId\":\"" + id(next) + "\",\"userId\":\"somebody else\"}")
                .error()
                .getInt("statusCode"))
        .isEqualTo(409);
  }

  private static String id(JsonObject challenge) {
    return challenge.getString("challengeId");
  }

  @Test
  @DisplayName("are found by whom, for what and by which way they are, and by no other way")
  void found() {
    JsonObject challenge = challenge(",\"userId\":\"" + user + "\"");
    String own = "{\"userId\":\"" + user + "\"%s}";
    for (String fitting :
        List.of(
            "",
            ",\"action\":\"signIn\"",
            ",\"verificationMethod\":\"EMAIL_OTP\"",
            ",\"action\":\"signIn\",\"verificationMethod\":\"EMAIL_OTP\"")) {
      assertThat(client.call("getChallenge", own.formatted(fitting)).result())
          .as(fitting)
          .containsEntry("challengeId", challenge.get("challengeId"));
    }
    for (String other :
        List.of(
            ",\"action\":\"pay\"",
            ",\"verificationMethod\":\"SMS\"",
            ",\"verificationMethod\":\"WHATSAPP\"",
            ",\"verificationMethod\":\"PUSH\"",
            ",\"challengeId\":\"" + UUID.randomUUID() + "\"")) {
      assertThat(client.call("getChallenge", own.formatted(other)).result()).as(other).isEmpty();
    }
    assertThat(client.call("getChallenge", "{\"userId\":\"somebody else\"}").result()).isEmpty();
    assertThat(
            client
                .call("getChallenge", own.formatted(",\"verificationMethod\":\"PIGEON\""))
                .error()
                .getInt("statusCode"))
        .isEqualTo(400);
  }

  @Test
  @DisplayName("speak the person's language where there are texts for it, or else the company's")
  void languages() {
    challenge(",\"locale\":\"de-CH\"");
    assertThat(MailServer.text(MailServer.shared().mail(email, "Ihr Code"))).contains("Guten Tag");
    challenge(",\"locale\":\"tlh\"");
    assertThat(MailServer.text(MailServer.shared().mail(email, "Your code"))).isNotEmpty();
    client
        .call("updateUser", "{\"userId\":\"" + user + "\",\"attributes\":{\"locale\":\"de_AT\"}}")
        .result();
    String sms =
        "{\"verificationMethod\":\"SMS\",\"action\":\"signIn\",\"userId\":\"%s\",\"phoneNumber\":\"%s\"}";
    client.call("challenge", sms.formatted(user, phone)).result();
    assertThat(SmsGateway.shared().text(phone)).contains("ist Ihr Code");
  }

  @Test
  @DisplayName("end after five wrong codes, and count the newest alone")
  void tries() {
    JsonObject challenge = challenge(",\"ipAddress\":\"192.0.2.1\"");
    client.call("challenge", "{\"challengeId\":\"" + id(challenge) + "\"}").result();
    String older = code(1);
    String newer = code(2);
    if (!older.equals(newer)) {
      assertThat(verify(challenge, older).getBoolean("isVerified")).isFalse();
    } else {
      verify(challenge, wrong(newer));
    }
    for (int i = 2; i <= 5; i++) {
      assertThat(verify(challenge, wrong(newer)).getString("failureReason"))
          .isEqualTo("CODE_INVALID_OR_EXPIRED");
    }
    assertThat(verify(challenge, newer).getString("failureReason"))
        .isEqualTo("MAX_ATTEMPTS_EXCEEDED");
    // The next challenge begins anew.
    JsonObject next = challenge(",\"ipAddress\":\"192.0.2.1\"");
    assertThat(
            Simultaneously.call(3, i -> client.raw()).stream()
                .map(
                    raw ->
                        raw.post(
                                "/authsignal/v1/verify",
                                "{\"challengeId\":\"%s\",\"verificationCode\":\"%s\"}"
                                    .formatted(id(next), code(3)))
                            .expect(200)
                            .json()
                            .getBoolean("isVerified")))
        .containsExactlyInAnyOrder(true, false, false);
  }

  @Test
  @DisplayName("are limited by place, so that nobody uses up what a person elsewhere may be sent")
  void limits() {
    for (int i = 1; i <= 5; i++) {
      challenge(",\"ipAddress\":\"192.0.2.66\"");
    }
    JsonObject refused =
        client
            .call(
                "challenge",
                "{\"verificationMethod\":\"EMAIL_OTP\",\"action\":\"signIn\",\"email\":\""
                    + email
                    + "\",\"ipAddress\":\"192.0.2.66\"}")
            .error();
    assertThat(refused.getInt("statusCode")).isEqualTo(429);
    assertThat(refused.getString("errorCode")).isEqualTo("too_many_codes");
    JsonObject elsewhere = challenge(",\"ipAddress\":\"192.0.2.1\"");
    // The client does not show headers.
    HttpCalls raw = client.raw();
    String another = "{\"challengeId\":\"" + id(elsewhere) + "\"}";
    for (int i = 2; i <= 5; i++) {
      raw.post("/authsignal/v1/challenge", another).expect(200);
    }
    for (String request :
        List.of(
            another,
            "{\"action\":\"signIn\",\"email\":\"%s\",\"ipAddress\":\"192.0.2.1\"}"
                .formatted(email))) {
      HttpCalls.Answer answer = raw.post("/authsignal/v1/challenge", request).expect(429);
      assertThat(answer.json().getString("error")).isEqualTo("too_many_codes");
      assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(600, 900);
    }
  }

  private static final String BEGIN =
      "{\"verificationMethod\":\"%s\",\"action\":\"signIn\",\"%s\":\"%s\",\"ipAddress\":\"%s\"}";

  /** The same mailbox, written differently each time. */
  private String spelt(int number) {
    return email.substring(0, number).toUpperCase(Locale.ROOT) + email.substring(number);
  }

  private HttpCalls.Answer begin(String method, String member, String recipient, String place) {
    return client
        .raw()
        .post("/authsignal/v1/challenge", BEGIN.formatted(method, member, recipient, place));
  }

  @Test
  @DisplayName("are as few for an address, however it is spelt")
  void spelling() {
    for (int i = 0; i < 5; i++) {
      begin("EMAIL_OTP", "email", spelt(i), "192.0.2.66").expect(200);
    }
    HttpCalls.Answer refused = begin("EMAIL_OTP", "email", spelt(5), "192.0.2.66").expect(429);
    assertThat(refused.json().getString("error")).isEqualTo("too_many_codes");
  }

  @Test
  @DisplayName("are taken until twenty were wrong for an address, whatever they were sent for")
  void wrongCodes() {
    List<JsonObject> begun = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      begun.add(begin("EMAIL_OTP", "email", spelt(i), "192.0.2." + i).expect(200).json());
    }
    String right = code(1);
    for (JsonObject challenge : begun.subList(1, 5)) {
      for (int i = 0; i < 5; i++) {
        verified(challenge, wrong(right)).expect(200);
      }
    }
    HttpCalls.Answer refused = verified(begun.get(0), right).expect(429);
    assertThat(refused.json().getString("error")).isEqualTo("too_many_tries");
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(3000, 3600);
    assertThat(
            begin("EMAIL_OTP", "email", email, "192.0.2.7").expect(429).json().getString("error"))
        .as("no code is sent that could not be told")
        .isEqualTo("too_many_tries");
    begin("EMAIL_OTP", "email", "ben-" + email, "192.0.2.7").expect(200);
  }

  private HttpCalls.Answer verified(JsonObject challenge, String code) {
    return client
        .raw()
        .post(
            "/authsignal/v1/verify",
            "{\"challengeId\":\"%s\",\"verificationCode\":\"%s\"}".formatted(id(challenge), code));
  }

  @Test
  @DisplayName("go to sixty numbers an hour from one place, because each SMS costs money")
  void textsFromOnePlace() {
    for (int i = 10; i < 70; i++) {
      begin("SMS", "phoneNumber", phone + i, "192.0.2.66").expect(200);
    }
    HttpCalls.Answer refused = begin("SMS", "phoneNumber", phone, "192.0.2.66").expect(429);
    assertThat(refused.json().getString("error")).isEqualTo("too_many_codes");
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(3000, 3600);
    begin("SMS", "phoneNumber", phone, "192.0.2.1").expect(200);
    begin("EMAIL_OTP", "email", email, "192.0.2.66").expect(200);
  }

  @Test
  @DisplayName("go by SMS, too, and never let in who is locked")
  void smsAndLocks() {
    TestApplication application = company.application();
    application.lock(application.account(user));
    JsonObject challenge =
        client
            .call(
                "challenge",
                "{\"verificationMethod\":\"SMS\",\"action\":\"signIn\",\"phoneNumber\":\""
                    + phone
                    + "\"}")
            .result();
    String code = TestPerson.codeIn(SmsGateway.shared().text(phone));
    assertThat(verify(challenge, code).getString("phoneNumber")).isEqualTo(phone);
    JsonObject validated =
        client
            .call(
                "validateChallenge",
                "{\"token\":\"" + claim(challenge, "").result().getString("token") + "\"}")
            .result();
    assertThat(validated.getBoolean("isValid")).isFalse();
    assertThat(validated.getString("state")).isEqualTo("BLOCK");
  }

  @Test
  @DisplayName("go by SMS alone to a number, and by no messenger")
  void messengers() {
    String sms = "{\"action\":\"signIn\",\"phoneNumber\":\"" + phone + "\",%s}";
    for (String channel :
        List.of(
            "\"verificationMethod\":\"SMS\",\"smsChannel\":\"WHATSAPP\"",
            "\"smsChannel\":\"WHATSAPP\"")) {
      JsonObject refused = client.call("challenge", sms.formatted(channel)).error();
      assertThat(refused.getInt("statusCode")).isEqualTo(422);
      assertThat(refused.getString("errorDescription")).startsWith("/smsChannel must be DEFAULT");
    }
    JsonObject unknown =
        client.call("challenge", sms.formatted("\"verificationMethod\":\"WHATSAPP\"")).error();
    assertThat(unknown.getInt("statusCode")).isEqualTo(400);
    assertThat(unknown.getString("errorDescription")).startsWith("/verificationMethod ");
    assertThat(SmsGateway.shared().texts(phone)).isEmpty();
    client.call("challenge", sms.formatted("\"smsChannel\":\"DEFAULT\"")).result();
    assertThat(SmsGateway.shared().text(phone)).contains("code");
  }

  @Test
  @DisplayName("prove an attempt that was tracked for a page, and begin a session with it")
  void claimedAfterTrack() {
    allow("\"allowedOrigins\":[\"https://acme.eu.auth0.com\"]");
    int codes = 0;
    for (String call : List.of("validateChallenge", "createSession")) {
      JsonObject tracked =
          client
              .call(
                  "track",
                  "{\"userId\":\"%s\",\"action\":\"signIn\",\"attributes\":{\"redirectUrl\":\"https://acme.eu.auth0.com/continue\"}}"
                      .formatted(user))
              .result();
      JsonObject challenge =
          challenge(",\"idempotencyKey\":\"" + tracked.getString("idempotencyKey") + "\"");
      verify(challenge, code(++codes));
      String token = claim(challenge, "").result().getString("token");
      JsonObject answer =
          client.call(call, "{\"clientId\":\"web\",\"token\":\"" + token + "\"}").result();
      assertThat(answer.getBoolean("isValid", call.equals("createSession"))).isTrue();
      assertThat(
              client
                  .call("validateChallenge", "{\"token\":\"" + tracked.getString("token") + "\"}")
                  .result()
                  .getBoolean("isValid"))
          .as("of who was only sent to the page")
          .isFalse();
    }
  }

  private void allow(String settings) {
    company
        .administrator()
        .patch("/api/v1/companies/" + company.id() + "/challenge-settings", "{" + settings + "}")
        .expect(200);
  }

  @Test
  @DisplayName(
      "tell what the page tells: the activity, a first enrolment to the person, the device")
  void claimedAsOnThePage() {
    JsonObject challenge = challenge(",\"deviceId\":\"laptop\",\"userAgent\":\"Firefox/140.0\"");
    verify(challenge, code(1));
    claim(challenge, "").result();
    assertThat(activity()).contains("authenticator-enrolled", "challenge-succeeded");
    assertThat(MailServer.text(MailServer.shared().mail(email, "A second step was added")))
        .contains(": codes by e-mail");
    JsonObject known = client.call("getUser", ana).result();
    assertThat(known.getString("email")).isEqualTo(email);
    assertThat(known.getBoolean("emailVerified")).isTrue();
    company
        .administrator()
        .put(
            "/api/v1/companies/" + company.id() + "/challenge-actions/signIn",
            "{\"defaultOutcome\":\"ALLOW\",\"rules\":[{\"name\":\"d\",\"when\":{\"newDevice\":true},\"outcome\":\"BLOCK\"}]}")
        .expect(200);
    String track =
        "{\"userId\":\"%s\",\"action\":\"signIn\",\"attributes\":{\"deviceId\":\"%s\",\"userAgent\":\"Firefox/140.0\"}}";
    assertThat(client.call("track", track.formatted(user, "laptop")).result().getString("state"))
        .isEqualTo("ALLOW");
    assertThat(client.call("track", track.formatted(user, "phone")).result().getString("state"))
        .isEqualTo("BLOCK");
  }

  private String activity() {
    return company
        .administrator()
        .get("/api/v1/companies/" + company.id() + "/activity")
        .expect(200)
        .text();
  }

  @Test
  @DisplayName("go by what the company allows, and enrol nothing for an attempt that is blocked")
  void notAllowed() {
    JsonObject before = challenge("");
    verify(before, code(1));
    allow("\"verificationMethods\":[\"SMS\"]");
    JsonObject refused =
        client
            .call(
                "challenge",
                "{\"verificationMethod\":\"EMAIL_OTP\",\"action\":\"signIn\",\"email\":\""
                    + email
                    + "\"}")
            .error();
    assertThat(refused.getInt("statusCode")).isEqualTo(422);
    assertThat(refused.getString("errorDescription")).startsWith("/verificationMethod ");
    assertThat(
            client
                .call("challenge", "{\"challengeId\":\"" + id(before) + "\"}")
                .error()
                .getInt("statusCode"))
        .isEqualTo(422);
    assertThat(claim(before, "").error().getInt("statusCode")).isEqualTo(422);
    allow("\"verificationMethods\":[\"EMAIL_OTP\"]");
    TestApplication application = company.application();
    application.lock(application.account(user));
    claim(before, "").result();
    assertThat(client.call("getUser", ana).result().getBoolean("isEnrolled")).isFalse();
    assertThat(activity()).doesNotContain("authenticator-enrolled", "challenge-succeeded");
  }

  @Test
  @DisplayName("turn no attempt into a success that was blocked, or has failed")
  void claimedTooLate() {
    company
        .administrator()
        .put(
            "/api/v1/companies/" + company.id() + "/challenge-actions/signIn",
            "{\"defaultOutcome\":\"BLOCK\"}")
        .expect(200);
    JsonObject never = claim(challenge(""), ",\"skipVerificationCheck\":true").result();
    company
        .administrator()
        .put(
            "/api/v1/companies/" + company.id() + "/challenge-actions/signIn",
            "{\"defaultOutcome\":\"CHALLENGE\"}")
        .expect(200);
    client
        .call(
            "track",
            "{\"userId\":\"%s\",\"action\":\"signIn\",\"attributes\":{\"idempotencyKey\":\"k\"}}"
                .formatted(user))
        .result();
    client
        .call(
            "updateAction",
            "{\"userId\":\"%s\",\"action\":\"signIn\",\"idempotencyKey\":\"k\",\"attributes\":{\"state\":\"CHALLENGE_FAILED\"}}"
                .formatted(user))
        .result();
    JsonObject failed =
        claim(challenge(",\"idempotencyKey\":\"k\""), ",\"skipVerificationCheck\":true").result();
    for (JsonObject claimed : List.of(never, failed)) {
      JsonObject validated =
          client
              .call("validateChallenge", "{\"token\":\"" + claimed.getString("token") + "\"}")
              .result();
      assertThat(validated.getBoolean("isValid")).isFalse();
      assertThat(validated.getString("state")).isIn("BLOCK", "CHALLENGE_FAILED");
    }
  }

  @Test
  @DisplayName("can be claimed unverified where the company has verified it, and by it alone")
  void skipped() {
    JsonObject challenge = challenge("");
    ChallengeClient foreign = ChallengeClient.of(TestCompany.create());
    String verify = "{\"challengeId\":\"" + id(challenge) + "\",\"verificationCode\":\"123456\"}";
    assertThat(foreign.call("verify", verify).error().getInt("statusCode")).isEqualTo(404);
    assertThat(foreign.call("getChallenge", "{\"challengeId\":\"" + id(challenge) + "\"}").result())
        .isEmpty();
    assertThat(
            foreign
                .call(
                    "claimChallenge",
                    "{\"challengeId\":\"%s\",\"userId\":\"x\",\"skipVerificationCheck\":true}"
                        .formatted(id(challenge)))
                .error()
                .getInt("statusCode"))
        .isEqualTo(404);
    assertThat(
            claim(challenge, ",\"skipVerificationCheck\":true")
                .result()
                .getString("verificationMethod"))
        .isEqualTo("EMAIL_OTP");
  }
}
