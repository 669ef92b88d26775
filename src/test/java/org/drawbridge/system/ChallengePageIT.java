package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import javax.crypto.spec.SecretKeySpec;
import org.drawbridge.testing.Await;
import org.drawbridge.testing.Browser;
import org.drawbridge.testing.ChallengeClient;
import org.drawbridge.testing.HttpCalls;
import org.drawbridge.testing.HttpCalls.Answer;
import org.drawbridge.testing.Loopback;
import org.drawbridge.testing.MailServer;
import org.drawbridge.testing.Problems;
import org.drawbridge.testing.QrCode;
import org.drawbridge.testing.SharedServer;
import org.drawbridge.testing.Simultaneously;
import org.drawbridge.testing.SmsGateway;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.drawbridge.testing.TestPerson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

@DisplayName("The challenge page")
class ChallengePageIT {

  private static final String PATH = "/api/v1/challenge";
  private static final String LOGIN = "/actions/auth0-login";

  private final TestCompany company = TestCompany.create();
  private final String companyPath = "/api/v1/companies/" + company.id();
  private final ChallengeClient client = ChallengeClient.of(company);
  private final String subject = "auth0|" + UUID.randomUUID();
  private final String email = "ana-" + UUID.randomUUID() + "@example.com";

  /** Where people come back to. */
  private final HttpServer tenant = Loopback.httpServer();

  private final String back = Loopback.url(tenant) + "/continue";

  @BeforeEach
  void allow() {
    tenant.createContext(
        "/continue",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "text/html");
          byte[] page = "<h1>Welcome back</h1>".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    // Browsers ask for an icon.
    tenant.createContext(
        "/favicon.ico",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    tenant.start();
    allow("");
  }

  private void allow(String more) {
    company
        .administrator()
        .patch(
            companyPath + "/challenge-settings",
            "{\"allowedOrigins\":[\"" + Loopback.url(tenant) + "\"]" + more + "}")
        .expect(200);
  }

  @AfterEach
  void stop() {
    tenant.stop(0);
  }

  private JsonObject login(String more) {
    return client.auth0("execute", back, event("", more));
  }

  private JsonObject goOn(String token) {
    return client.auth0("continue", back, event("\"token\":\"" + token + "\"", ""));
  }

  private String event(String query, String more) {
    return "{\"user\":{\"user_id\":\"%s\",\"email\":\"%s\"},\"request\":{\"query\":{%s}}%s}"
        .formatted(subject, email, query, more);
  }

  private static String query(String address, String name) {
    for (String pair : URI.create(address).getRawQuery().split("&")) {
      if (pair.startsWith(name + "=")) {
        return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
      }
    }
    throw new AssertionError(address + " has no " + name);
  }

  /** An attempt that was tracked without the helper; answers calls with its token. */
  private HttpCalls tracked() {
    return page(
        client
            .raw()
            .post(
                "/authsignal/v1/users/" + subject.replace("|", "%7C") + LOGIN,
                "{\"email\":\"" + email + "\",\"redirectUrl\":\"" + back + "?a=b#c\"}")
            .expect(200)
            .json()
            .getString("token"));
  }

  private static HttpCalls page(String token) {
    return SharedServer.anonymous().with("x-drawbridge-challenge", token);
  }

  private static Answer answer(HttpCalls page, String method, String code) {
    return page.post(
        PATH + "/answer",
        "{\"method\":\"%s\",\"code\":\"%s\",\"state\":\"a b\"}".formatted(method, code));
  }

  /** The code of the mail that comes next. */
  private String mailedCode(HttpCalls page) {
    return TestPerson.codeAfter(
        email, () -> page.post(PATH + "/codes", "{\"method\":\"EMAIL_OTP\"}").expect(204));
  }

  /** Enrols the person's address, and answers the recovery codes. */
  private List<String> enrolled() {
    HttpCalls page = tracked();
    JsonObject answered = answer(page, "EMAIL_OTP", mailedCode(page)).expect(200).json();
    return answered.getJsonArray("recoveryCodes").stream()
        .map(code -> ((JsonString) code).getString())
        .toList();
  }

  private static List<String> methods(JsonObject challenge) {
    return challenge.getJsonArray("methods").getValuesAs(JsonObject.class).stream()
        .map(method -> method.getString("method"))
        .toList();
  }

  private static String wrong(String code) {
    return code.equals("000000") ? "000001" : "000000";
  }

  private static String appCode(String base32, long plusSeconds) throws GeneralSecurityException {
    StringBuilder bits = new StringBuilder();
    for (char c : base32.toCharArray()) {
      int value = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c);
      bits.append(Integer.toBinaryString(32 + value).substring(1));
    }
    byte[] secret = new byte[bits.length() / 8];
    for (int i = 0; i < secret.length; i++) {
      secret[i] = (byte) Integer.parseInt(bits.substring(8 * i, 8 * i + 8), 2);
    }
    return new TimeBasedOneTimePasswordGenerator()
        .generateOneTimePasswordString(
            new SecretKeySpec(secret, "HmacSHA1"),
            Instant.now().plusSeconds(plusSeconds),
            Locale.ROOT);
  }

  @Test
  @DisplayName("enrols who logs in through Auth0 for the first time, and lets in who comes again")
  void firstLogin() {
    JsonObject first = login("");
    String redirect = first.getString("redirect");
    assertThat(first.get("denied")).isEqualTo(JsonValue.NULL);
    try (Browser browser = Browser.open().narrow()) {
      // Auth0 adds its state to where it sends people.
      browser.go(redirect + "&state=s%2Bt%3D").awaitText("h1", "Protect your account");
      assertThat(browser.address()).as("the token is a credential").endsWith("/challenge/");
      assertThat(browser.barriers()).isEmpty();
      assertThat(browser.scrollsSideways()).isFalse();
      browser.picture("challenge-1-enrol").dark().picture("challenge-2-dark");
      assertThat(browser.barriers()).as("in the dark").isEmpty();
      browser.click("[data-method=EMAIL_OTP]").awaitText("h1", "Code by e-mail");
      browser.awaitText("#sent", "a…@example.com").picture("challenge-3-code");
      assertThat(browser.barriers()).isEmpty();
      String code = TestPerson.codeIn(MailServer.text(MailServer.shared().mail(email)));
      browser.type("[name=code]", wrong(code)).click("#answer .primary");
      browser.awaitText("#problem", "not right").picture("challenge-4-wrong");
      browser.type("[name=code]", code).click("#answer .primary");
      browser.awaitText("h1", "Keep your recovery codes").picture("challenge-5-keep");
      assertThat(browser.count("#codes li")).isEqualTo(10);
      assertThat(browser.barriers()).isEmpty();
      String recoveryCode = browser.text("#codes li");
      browser.click("#kept").awaitText("h1", "Welcome back");
      String address = browser.address();
      assertThat(address).startsWith(back + "?");
      assertThat(query(address, "state")).isEqualTo("s+t=");
      JsonObject continued = goOn(query(address, "token"));
      assertThat(continued.get("denied")).isEqualTo(JsonValue.NULL);
      assertThat(continued.getString("recorded")).endsWith("/authsignal/v1");
      assertThat(goOn(query(redirect, "token")).getString("denied"))
          .as("of who sent the page to somebody else")
          .isEqualTo("MFA challenge failed");

      assertThat(MailServer.text(MailServer.shared().mail(email, "A second step was added")))
          .contains("in a new way from now on: codes by e-mail.");

      String again = login("").getString("redirect");
      browser.go(again + "&state=2").awaitText("h1", "Confirm that it is you");
      browser.picture("challenge-6-confirm").click("[data-method=RECOVERY_CODE]");
      browser.type("[name=code]", recoveryCode).click("#answer .primary");
      browser.awaitText("h1", "Welcome back");
      assertThat(goOn(query(browser.address(), "token")).get("denied")).isEqualTo(JsonValue.NULL);
      assertThat(browser.back().address()).as("no way back").doesNotContain("/challenge/");
      browser.go(again).awaitText("h1", "This request has ended").picture("challenge-7-over");
      assertThat(browser.barriers()).isEmpty();
      // The one refusal that the wrong code was answered with.
      assertThat(browser.complaints()).allMatch(line -> line.contains("422"));
    }
  }

  @Test
  @DisplayName("enrols an authenticator app, in German, too, and takes each code once")
  void app() throws Exception {
    try (Browser browser = Browser.open().narrow().german()) {
      browser.go(login("").getString("redirect")).awaitText("h1", "Schützen Sie Ihr Konto");
      browser.click("[data-method=AUTHENTICATOR_APP]");
      browser.awaitText("h1", "Authenticator-App").picture("challenge-8-app");
      assertThat(browser.barriers()).isEmpty();
      assertThat(browser.scrollsSideways()).isFalse();
      String scanned = QrCode.on(browser.sharpScreen());
      assertThat(scanned).startsWith("otpauth://totp/").contains("ana-", "issuer=");
      String key = query(scanned, "secret");
      assertThat(key).hasSize(32).isEqualTo(browser.text("#key").replace(" ", ""));
      assertThat(browser.barriers()).isEmpty();
      browser.click("#scanned").type("[name=code]", "x").click("#answer .primary");
      browser.awaitText("#problem", "Dieser Code stimmt nicht");
      String used = appCode(key, 0);
      browser.type("[name=code]", used).click("#answer .primary");
      browser.awaitText("h1", "Bewahren Sie Ihre Wiederherstellungscodes auf").click("#kept");
      browser.awaitText("h1", "Welcome back");
      assertThat(goOn(query(browser.address(), "token")).get("denied")).isEqualTo(JsonValue.NULL);
      // The one refusal that the wrong code was answered with.
      assertThat(browser.complaints()).hasSize(1).allMatch(line -> line.contains("422"));
      HttpCalls page = tracked();
      assertThat(methods(page.get(PATH).expect(200).json()))
          .containsExactly("AUTHENTICATOR_APP", "RECOVERY_CODE");
      Problems.expect(answer(page, "AUTHENTICATOR_APP", used), 422, "code-wrong");
      Problems.expect(answer(page, "AUTHENTICATOR_APP", appCode(key, 300)), 422, "code-wrong");
      // The clock of a phone may be a step ahead.
      answer(page, "AUTHENTICATOR_APP", appCode(key, 30)).expect(200);
      Problems.expect(page.post(PATH + "/app"), 409, "challenge-closed");
      Problems.expect(tracked().post(PATH + "/app"), 422, "impossible-request");
    }
  }

  @Test
  @DisplayName("works with the keyboard alone")
  void keyboard() {
    try (Browser browser = Browser.open().narrow()) {
      browser.go(login("").getString("redirect")).awaitText("h1", "Protect your account");
      browser.tabTo("[data-method=AUTHENTICATOR_APP]").press(Keys.ENTER);
      browser
          .awaitText("h1", "Authenticator app")
          .tabTo("[data-step=app] .other")
          .press(Keys.ENTER);
      browser.awaitText("h1", "Protect your account");
      browser.tabTo("[data-method=EMAIL_OTP]").press(Keys.SPACE);
      browser.awaitText("h1", "Code by e-mail");
      String code = TestPerson.codeIn(MailServer.text(MailServer.shared().mail(email)));
      // The field has the focus.
      browser.press(wrong(code), Keys.ENTER).awaitText("#problem", "not right");
      browser.tabTo("#again").press(Keys.ENTER).awaitText("#resent", "on its way");
      Await.until(Duration.ofSeconds(30), () -> TestPerson.codeMails(email).size() == 2);
      browser.tabTo("[data-step=code] .other").press(Keys.ENTER);
      browser.awaitText("h1", "Protect your account");
      browser.tabTo("[data-method=EMAIL_OTP]").press(Keys.ENTER);
      browser.awaitText("h1", "Code by e-mail");
      Await.until(Duration.ofSeconds(30), () -> TestPerson.codeMails(email).size() == 3);
      browser.press(
          TestPerson.codeIn(MailServer.text(TestPerson.codeMails(email).get(2))), Keys.ENTER);
      browser.awaitText("h1", "Keep your recovery codes").tabTo("#kept").press(Keys.ENTER);
      browser.awaitText("h1", "Welcome back");
      assertThat(goOn(query(browser.address(), "token")).get("denied")).isEqualTo(JsonValue.NULL);
    }
  }

  @Test
  @DisplayName("enrols a passkey, which answers challenges and signs nobody in")
  void ownPasskey() {
    try (Browser browser = Browser.open().narrow()) {
      browser.go(login("").getString("redirect")).awaitText("h1", "Protect your account");
      browser.click("[data-method=PASSKEY]").awaitText("h1", "Keep your recovery codes");
      browser.click("#kept").awaitText("h1", "Welcome back");
      assertThat(goOn(query(browser.address(), "token")).get("denied")).isEqualTo(JsonValue.NULL);
      assertThat(MailServer.text(MailServer.shared().mail(email, "A second step was added")))
          .contains(": a passkey");
      browser.go(login("").getString("redirect")).awaitText("h1", "Confirm that it is you");
      browser.click("[data-method=PASSKEY]").awaitText("h1", "Welcome back");
      assertThat(goOn(query(browser.address(), "token")).get("denied")).isEqualTo(JsonValue.NULL);
      browser.go(SharedServer.get().url() + "/requests/").click("#sign-in");
      browser.awaitText("#problem", "passkey");
    }
    HttpCalls page = tracked();
    Problems.expect(page.post(PATH + "/passkey/enrol/start"), 422, "impossible-request");
    String path = "/authsignal/v1/users/" + subject.replace("|", "%7C") + "/authenticators";
    JsonObject own = client.raw().get(path).expect(200).jsonArray().getJsonObject(0);
    assertThat(own.getString("verificationMethod")).isEqualTo("PASSKEY");
    client.raw().delete(path + "/" + own.getString("userAuthenticatorId")).expect(204);
    assertThat(client.raw().get(path).expect(200).jsonArray()).isEmpty();
    assertThat(page.get(PATH).expect(200).json().getBoolean("isEnrolling")).isTrue();
    client.raw().delete("/authsignal/v1/users/" + subject.replace("|", "%7C")).expect(204);
  }

  @Test
  @DisplayName("knows nothing any more of who was deleted: neither passkey nor recovery code")
  void deleted() {
    String ana = "{\"userId\":\"" + subject + "\"}";
    try (Browser browser = Browser.open().narrow()) {
      browser.go(login("").getString("redirect")).click("[data-method=PASSKEY]");
      browser.awaitText("h1", "Keep your recovery codes");
      String recoveryCode = browser.text("#codes li");
      browser.click("#kept").awaitText("h1", "Welcome back");
      assertThat(client.call("getAuthenticators", ana).list()).hasSize(1);
      client.call("deleteUser", ana).result();
      assertThat(client.call("getAuthenticators", ana).list()).isEmpty();
      assertThat(client.call("getUser", ana).result().getBoolean("isEnrolled")).isFalse();
      if (SharedServer.isOnPostgres()) {
        for (String table :
            List.of("credential_records", "recovery_codes", "authenticators", "challenge_users")) {
          assertThat(
                  SharedServer.database()
                      .count(
                          "select count(*) from "
                              + table
                              + " where company_id = '"
                              + company.id()
                              + "'"))
              .as(table)
              .isZero();
        }
      }
      browser.go(login("").getString("redirect")).awaitText("h1", "Protect your account");
      enrolled();
      HttpCalls page = tracked();
      assertThat(methods(page.get(PATH).expect(200).json()))
          .containsExactly("EMAIL_OTP", "RECOVERY_CODE");
      Problems.expect(answer(page, "RECOVERY_CODE", recoveryCode), 422, "code-wrong");
    }
  }

  @Test
  @DisplayName("takes a passkey for the attempt that asked for it alone")
  void passkeyOfAnotherAttempt() {
    TestPerson ana = TestPerson.signedUp(company.application());
    String track = "/authsignal/v1/users/" + ana.subject() + LOGIN;
    HttpCalls one = page(client.raw().post(track, "{}").expect(200).json().getString("token"));
    HttpCalls other = page(client.raw().post(track, "{}").expect(200).json().getString("token"));
    JsonObject started = one.post(PATH + "/passkey/start").expect(200).json();
    String answer = ana.answer(started).toString();
    Problems.expect(other.post(PATH + "/passkey", answer), 403, "ceremony-unknown");
    one.post(PATH + "/passkey", answer).expect(200);
    JsonObject signIn =
        SharedServer.anonymous().post("/api/v1/sessions/start", "{}").expect(200).json();
    Problems.expect(
        other.post(PATH + "/passkey", ana.answer(signIn).toString()), 403, "ceremony-unknown");
  }

  @Test
  @DisplayName("takes the passkey of who owns the account, and nobody else's")
  void passkey() {
    TestApplication application = company.application();
    TestPerson ana = TestPerson.signedUp(application);
    JsonObject tracked =
        client.raw().post("/authsignal/v1/users/" + ana.subject() + LOGIN, "{}").expect(200).json();
    HttpCalls page = page(tracked.getString("token"));
    assertThat(methods(page.get(PATH).expect(200).json())).containsExactly("PASSKEY");
    TestPerson ben = TestPerson.signedUp(application);
    JsonObject started = page.post(PATH + "/passkey/start").expect(200).json();
    Problems.expect(
        page.post(PATH + "/passkey", ben.answer(started).toString()), 403, "credential-unknown");
    JsonObject again = page.post(PATH + "/passkey/start").expect(200).json();
    JsonObject answered =
        page.post(PATH + "/passkey", ana.answer(again).toString()).expect(200).json();
    assertThat(answered.get("redirectUrl")).isEqualTo(JsonValue.NULL);
    assertThat(answered.getJsonArray("recoveryCodes")).isEmpty();
    JsonObject attempt =
        client
            .raw()
            .get(
                "/authsignal/v1/users/"
                    + ana.subject()
                    + LOGIN
                    + "/"
                    + tracked.getString("idempotencyKey"))
            .expect(200)
            .json();
    assertThat(attempt.getString("state")).isEqualTo("CHALLENGE_SUCCEEDED");
    assertThat(attempt.getString("verificationMethod")).isEqualTo("PASSKEY");
    String user = "/authsignal/v1/users/" + ana.subject();
    assertThat(
            client
                .raw()
                .get(user + "/actions")
                .expect(200)
                .jsonArray()
                .getJsonObject(0)
                .getString("verifiedByAuthenticatorId"))
        .isEqualTo(
            client
                .raw()
                .get(user + "/authenticators")
                .expect(200)
                .jsonArray()
                .getJsonObject(0)
                .getString("userAuthenticatorId"));
  }

  @Test
  @DisplayName("ends after five wrong codes, and the login is denied")
  void bruteForce() {
    enrolled();
    HttpCalls page = tracked();
    String code = mailedCode(page);
    for (int i = 1; i <= 4; i++) {
      Problems.expect(answer(page, "EMAIL_OTP", wrong(code)), 422, "code-wrong");
    }
    Problems.expect(answer(page, "EMAIL_OTP", wrong(code)), 409, "challenge-closed");
    Problems.expect(answer(page, "EMAIL_OTP", code), 409, "challenge-closed");
    assertThat(page.get(PATH).expect(200).json().getString("state")).isEqualTo("CHALLENGE_FAILED");
    assertThat(company.administrator().get(companyPath + "/activity").expect(200).text())
        .contains("challenge-failed", "authenticator-enrolled", "challenge-succeeded");
    // It was this attempt alone that ended.
    HttpCalls next = tracked();
    answer(next, "EMAIL_OTP", mailedCode(next)).expect(200);
  }

  @Test
  @DisplayName(
      "goes back to the application after five wrong codes, which says no in its own words")
  void backWithFailure() {
    enrolled();
    String redirect = login("").getString("redirect");
    try (Browser browser = Browser.open().narrow()) {
      browser.go(redirect + "&state=s%2Bt%3D").click("[data-method=RECOVERY_CODE]");
      for (int i = 1; i <= 4; i++) {
        browser.type("[name=code]", "wrong").click("#answer .primary");
        browser.awaitText("#problem", "not right");
      }
      browser.type("[name=code]", "wrong").click("#answer .primary");
      browser
          .awaitText("h1", "This request has ended")
          .awaitText("#over", "Too many wrong answers");
      browser.picture("challenge-10-failed");
      assertThat(browser.barriers()).isEmpty();
      browser.tabTo("#back").press(Keys.ENTER).awaitText("h1", "Welcome back");
      String address = browser.address();
      assertThat(address).startsWith(back + "?");
      assertThat(query(address, "state")).isEqualTo("s+t=");
      String token = query(address, "token");
      JsonObject validated =
          client.call("validateChallenge", "{\"token\":\"" + token + "\"}").result();
      assertThat(validated.getBoolean("isValid")).isFalse();
      assertThat(validated.getString("state")).isEqualTo("CHALLENGE_FAILED");
      assertThat(goOn(token).getString("denied")).isEqualTo("MFA challenge failed");
      JsonObject old =
          client.oldAuth0(
              "continue", back, event("\"state\":\"s+t=\",\"token\":\"%s\"".formatted(token), ""));
      assertThat(old.getString("denied")).isEqualTo("MFA challenge failed");
    }
  }

  @Test
  @DisplayName("lets nobody go back as if it were done, nor on after going back")
  void backWithNothing() {
    HttpCalls given = tracked();
    String code = mailedCode(given);
    assertThat(given.get(PATH).expect(200).json().getBoolean("hasWayBack")).isTrue();
    String redirect =
        given
            .post(PATH + "/back", "{\"state\":\"a b\"}")
            .expect(200)
            .json()
            .getString("redirectUrl");
    assertThat(redirect).startsWith(back + "?a=b&state=a+b&token=").doesNotContain("#");
    Problems.expect(answer(given, "EMAIL_OTP", code), 409, "challenge-closed");
    // The company takes it back, and another person answers in good faith.
    JsonObject attempt =
        client
            .raw()
            .get("/authsignal/v1/users/" + subject.replace("|", "%7C") + "/actions")
            .expect(200)
            .jsonArray()
            .getJsonObject(0);
    assertThat(attempt.getString("state")).isEqualTo("CHALLENGE_FAILED");
    client
        .raw()
        .patch(
            "/authsignal/v1/users/"
                + subject.replace("|", "%7C")
                + LOGIN
                + "/"
                + attempt.getString("idempotencyKey"),
            "{\"state\":\"CHALLENGE_REQUIRED\"}")
        .expect(200);
    answer(given, "EMAIL_OTP", code).expect(200);
    assertThat(goOn(query(redirect, "token")).getString("denied"))
        .as("of who went back before")
        .isEqualTo("MFA challenge failed");
    Problems.expect(given.post(PATH + "/back", "{}"), 409, "challenge-closed");
    Problems.expect(page("x").post(PATH + "/back", "{}"), 409, "challenge-closed");
    JsonObject elsewhere =
        client.raw().post("/authsignal/v1/users/ben" + LOGIN, "{}").expect(200).json();
    HttpCalls nowhere = page(elsewhere.getString("token"));
    assertThat(nowhere.get(PATH).expect(200).json().getBoolean("hasWayBack")).isFalse();
    assertThat(nowhere.post(PATH + "/back", "{}").expect(200).json().get("redirectUrl"))
        .isEqualTo(JsonValue.NULL);
  }

  @Test
  @DisplayName("sends nobody back to an origin that the company has withdrawn meanwhile")
  void withdrawnOrigin() {
    HttpCalls answered = tracked();
    HttpCalls unanswered = tracked();
    String code = mailedCode(answered);
    assertThat(answered.get(PATH).expect(200).json().getBoolean("hasWayBack")).isTrue();
    company
        .administrator()
        .patch(
            companyPath + "/challenge-settings",
            "{\"allowedOrigins\":[\"https://other.example.com\"]}")
        .expect(200);
    assertThat(answered.get(PATH).expect(200).json().getBoolean("hasWayBack")).isFalse();
    assertThat(answer(answered, "EMAIL_OTP", code).expect(200).json().get("redirectUrl"))
        .isEqualTo(JsonValue.NULL);
    assertThat(unanswered.post(PATH + "/back", "{}").expect(200).json().get("redirectUrl"))
        .isEqualTo(JsonValue.NULL);
  }

  @Test
  @DisplayName("enrols nothing new where the company does not take any more what there is")
  void enrolledButNotAllowed() {
    enrolled();
    allow(",\"verificationMethods\":[\"AUTHENTICATOR_APP\",\"PASSKEY\"]");
    JsonObject user = client.call("getUser", "{\"userId\":\"" + subject + "\"}").result();
    assertThat(user.getBoolean("isEnrolled")).isTrue();
    HttpCalls page = tracked();
    JsonObject challenge = page.get(PATH).expect(200).json();
    assertThat(methods(challenge)).isEmpty();
    assertThat(challenge.getBoolean("isEnrolling")).isFalse();
    for (String call : List.of("/app", "/passkey/enrol/start")) {
      Problems.expect(page.post(PATH + call), 422, "impossible-request");
    }
    Problems.expect(
        page.post(PATH + "/codes", "{\"method\":\"EMAIL_OTP\"}"), 422, "impossible-request");
    try (Browser browser = Browser.open().narrow()) {
      browser.go(login("").getString("redirect")).awaitText("h1", "You cannot confirm this here");
      browser.awaitText("#over", "Ask them").picture("challenge-11-none");
      assertThat(browser.barriers()).isEmpty();
      browser.click("#back").awaitText("h1", "Welcome back");
      assertThat(goOn(query(browser.address(), "token")).getString("denied"))
          .isEqualTo("MFA challenge failed");
    }
    client.raw().post("/authsignal/v1/users/eve" + LOGIN, "{}").expect(200);
    allow(",\"verificationMethods\":[\"EMAIL_OTP\"]");
    JsonObject eve = client.raw().post("/authsignal/v1/users/eve" + LOGIN, "{}").expect(200).json();
    assertThat(methods(page(eve.getString("token")).get(PATH).expect(200).json())).isEmpty();
  }

  @Test
  @DisplayName(
      "takes so many wrong codes of all attempts together, and then only what nobody guesses")
  void guessing() {
    List<String> recoveryCodes = enrolled();
    allow(",\"rememberDeviceDays\":30");
    HttpCalls own = tracked();
    String cookie =
        own.post(
                PATH + "/answer",
                "{\"method\":\"EMAIL_OTP\",\"code\":\"%s\",\"rememberDevice\":true}"
                    .formatted(mailedCode(own)))
            .expect(200)
            .header("Set-Cookie");
    for (int i = 0; i < 20; i += 5) {
      HttpCalls guessed = tracked();
      for (int j = 0; j < 4; j++) {
        Problems.expect(answer(guessed, "EMAIL_OTP", "guess"), 422, "code-wrong");
      }
      Problems.expect(answer(guessed, "EMAIL_OTP", "guess"), 409, "challenge-closed");
    }
    HttpCalls page = tracked();
    String code = mailedCode(page);
    assertThat(wait(Problems.expect(answer(page, "EMAIL_OTP", code), 429, "too-many-tries")))
        .isBetween(3300, 3600);
    answer(page, "RECOVERY_CODE", recoveryCodes.get(0)).expect(200);
    HttpCalls remembered = tracked().with("Cookie", cookie.substring(0, cookie.indexOf(';')));
    answer(remembered, "EMAIL_OTP", mailedCode(remembered)).expect(200);
  }

  @Test
  @DisplayName("takes one answer of many at once, and a code of this attempt alone, the newest")
  void codes() {
    List<String> recoveryCodes = enrolled();
    HttpCalls one = tracked();
    HttpCalls other = tracked();
    String older = mailedCode(one);
    String newer = mailedCode(one);
    if (!older.equals(newer)) {
      Problems.expect(answer(one, "EMAIL_OTP", older), 422, "code-wrong");
    }
    Problems.expect(answer(other, "EMAIL_OTP", newer), 422, "code-wrong");
    assertThat(Simultaneously.call(4, i -> answer(one, "EMAIL_OTP", newer).status()))
        .containsOnlyOnce(200)
        .containsOnly(200, 409);
    String redirect =
        answer(other, "RECOVERY_CODE", recoveryCodes.get(0).toUpperCase(Locale.ROOT))
            .expect(200)
            .json()
            .getString("redirectUrl");
    assertThat(redirect).startsWith(back + "?a=b&state=a+b&token=").doesNotContain("#");
    Problems.expect(answer(tracked(), "RECOVERY_CODE", recoveryCodes.get(0)), 422, "code-wrong");
  }

  @Test
  @DisplayName("sends so many codes, and then no more; another attempt gets its own all the same")
  void limits() {
    HttpCalls page = tracked();
    for (int i = 1; i <= 5; i++) {
      page.post(PATH + "/codes", "{\"method\":\"EMAIL_OTP\"}").expect(204);
    }
    assertThat(
            wait(
                Problems.expect(
                    page.post(PATH + "/codes", "{\"method\":\"EMAIL_OTP\"}"),
                    429,
                    "too-many-codes")))
        .as("until the next attempt")
        .isBetween(600, 900);
    HttpCalls second = tracked();
    for (int i = 1; i <= 5; i++) {
      second.post(PATH + "/codes", "{\"method\":\"EMAIL_OTP\"}").expect(204);
    }
    HttpCalls third = tracked();
    third.post(PATH + "/codes", "{\"method\":\"EMAIL_OTP\"}").expect(204);
    assertThat(
            wait(
                Problems.expect(
                    third.post(PATH + "/codes", "{\"method\":\"EMAIL_OTP\"}"),
                    429,
                    "too-many-codes")))
        .isBetween(600, 900);
  }

  /** How long who is refused is to wait, in seconds. */
  private static int wait(Answer refused) {
    return Integer.parseInt(refused.header("Retry-After"));
  }

  @Test
  @DisplayName("sends codes by SMS to the number that a person gives who enrols, and later to that")
  void sms() {
    String phone = phone();
    HttpCalls page = tracked();
    Problems.expect(page.post(PATH + "/codes", "{\"method\":\"SMS\"}"), 422, "impossible-request");
    page.post(PATH + "/codes", "{\"method\":\"SMS\",\"phoneNumber\":\"" + phone + "\"}")
        .expect(204);
    answer(page, "SMS", TestPerson.codeIn(SmsGateway.shared().text(phone))).expect(200);
    HttpCalls next = tracked();
    JsonObject challenge = next.get(PATH).expect(200).json();
    assertThat(methods(challenge)).containsExactly("SMS", "RECOVERY_CODE");
    assertThat(challenge.toString()).contains("…" + phone.substring(phone.length() - 3));
    next.post(PATH + "/codes", "{\"method\":\"SMS\",\"phoneNumber\":\"+4915550000000\"}")
        .expect(204);
    assertThat(SmsGateway.shared().texts("+4915550000000")).isEmpty();
    Problems.expect(
        next.post(PATH + "/codes", "{\"method\":\"EMAIL_OTP\"}"), 422, "impossible-request");
  }

  private static String phone() {
    return "+49" + ThreadLocalRandom.current().nextLong(1_000_000_000L, 10_000_000_000L);
  }

  @Test
  @DisplayName("sends few codes to numbers that people type, however many attempts there are")
  void typedNumbers() {
    for (int i = 0; i < 5; i++) {
      tracked()
          .post(PATH + "/codes", "{\"method\":\"SMS\",\"phoneNumber\":\"" + phone() + "\"}")
          .expect(204);
    }
    HttpCalls page = tracked();
    assertThat(
            wait(
                Problems.expect(
                    page.post(
                        PATH + "/codes",
                        "{\"method\":\"SMS\",\"phoneNumber\":\"" + phone() + "\"}"),
                    429,
                    "too-many-codes")))
        .isBetween(3300, 3600);
    page.post(PATH + "/codes", "{\"method\":\"EMAIL_OTP\"}").expect(204);
  }

  @Test
  @DisplayName("sends a person twenty codes by SMS an hour, however many logins there are")
  void manyTexts() {
    client
        .call(
            "enrollVerifiedAuthenticator",
            "{\"userId\":\"%s\",\"attributes\":{\"verificationMethod\":\"SMS\",\"phoneNumber\":\"%s\"}}"
                .formatted(subject, phone()))
        .result();
    for (int i = 0; i < 20; i++) {
      tracked().post(PATH + "/codes", "{\"method\":\"SMS\"}").expect(204);
    }
    assertThat(
            wait(
                Problems.expect(
                    tracked().post(PATH + "/codes", "{\"method\":\"SMS\"}"),
                    429,
                    "too-many-codes")))
        .isBetween(3300, 3600);
  }

  @Test
  @DisplayName("takes no code that went to another number while the person still enrolled")
  void sentElsewhere() {
    String another = phone();
    HttpCalls early = tracked();
    early
        .post(PATH + "/codes", "{\"method\":\"SMS\",\"phoneNumber\":\"" + another + "\"}")
        .expect(204);
    String code = TestPerson.codeIn(SmsGateway.shared().text(another));
    client
        .call(
            "enrollVerifiedAuthenticator",
            "{\"userId\":\"%s\",\"attributes\":{\"verificationMethod\":\"SMS\",\"phoneNumber\":\"+4930901820\"}}"
                .formatted(subject))
        .result();
    Problems.expect(answer(early, "SMS", code), 422, "code-wrong");
  }

  @Test
  @DisplayName("enrols an app whatever the company and the user are called")
  void longNames() {
    String name = "Ж".repeat(250);
    company.administrator().patch(companyPath, "{\"name\":\"" + name + "\"}").expect(200);
    String id = "日".repeat(255);
    JsonObject tracked =
        client
            .raw()
            .post(
                "/authsignal/v1/users/" + URLEncoder.encode(id, StandardCharsets.UTF_8) + LOGIN,
                "{}")
            .expect(200)
            .json();
    assertThat(
            page(tracked.getString("token"))
                .post(PATH + "/app")
                .expect(200)
                .json()
                .getString("uri"))
        .startsWith("otpauth://totp/%D0%96");
  }

  @Test
  @DisplayName("shows the field for a code that came, though no more are sent")
  void enoughCodes() {
    String redirect = login("").getString("redirect");
    HttpCalls page = page(query(redirect, "token"));
    for (int i = 1; i <= 5; i++) {
      page.post(PATH + "/codes", "{\"method\":\"EMAIL_OTP\"}").expect(204);
    }
    Await.until(Duration.ofSeconds(30), () -> TestPerson.codeMails(email).size() == 5);
    try (Browser browser = Browser.open().narrow()) {
      browser.go(redirect).click("[data-method=EMAIL_OTP]");
      browser.awaitText("#problem", "Enough codes were sent").awaitText("h1", "Code by e-mail");
      assertThat(browser.count("#answer [name=code]")).isEqualTo(1);
      browser.type("[name=code]", "000000");
    }
  }

  @Test
  @DisplayName("lets nobody answer for a locked account, or a blocked or decided attempt")
  void closed() {
    TestApplication application = company.application();
    String account = application.account(subject);
    HttpCalls page = tracked();
    String code = mailedCode(page);
    application.lock(account);
    Problems.expect(answer(page, "EMAIL_OTP", code), 409, "challenge-closed");
    assertThat(page.get(PATH).expect(200).json().getString("state")).isEqualTo("BLOCK");
    try (Browser browser = Browser.open().narrow()) {
      browser.go(login("").getString("redirect")).awaitText("h1", "Login refused");
      browser.picture("challenge-9-blocked");
      assertThat(browser.barriers()).isEmpty();
      assertThat(browser.count("#methods button")).isZero();
      browser.click("#back").awaitText("h1", "Welcome back");
      assertThat(goOn(query(browser.address(), "token")).getString("denied"))
          .isEqualTo("MFA challenge failed");
    }
    application.unlock(account);
    company
        .administrator()
        .put(companyPath + "/challenge-actions/auth0-login", "{\"defaultOutcome\":\"REVIEW\"}")
        .expect(200);
    Problems.expect(
        tracked().post(PATH + "/codes", "{\"method\":\"EMAIL_OTP\"}"), 409, "challenge-closed");
    for (String token : List.of("", "x", application.token("ana").compact())) {
      Problems.expect(page(token).get(PATH), 409, "challenge-closed");
    }
    Problems.expect(SharedServer.anonymous().get(PATH), 409, "challenge-closed");
  }

  @Test
  @DisplayName("lets the helper pass who is enrolled and allowed, or has answered in the session")
  void passes() {
    enrolled();
    JsonObject challenged = login("");
    assertThat(challenged.getString("redirect")).contains("/challenge/?token=");
    JsonObject done =
        login(
            ",\"authentication\":{\"methods\":[{\"name\":\""
                + SharedServer.get().url()
                + "/authsignal/v1\"}]}");
    JsonObject refreshed = login(",\"transaction\":{\"protocol\":\"oauth2-refresh-token\"}");
    String action = companyPath + "/challenge-actions/auth0-login";
    company.administrator().put(action, "{\"defaultOutcome\":\"ALLOW\"}").expect(200);
    JsonObject allowed = login("");
    for (JsonObject passed : List.of(done, refreshed, allowed)) {
      assertThat(passed.values()).containsOnly(JsonValue.NULL);
    }
    company.administrator().put(action, "{\"defaultOutcome\":\"REVIEW\"}").expect(200);
    assertThat(login("").getString("denied")).isEqualTo("Action blocked");
    company.administrator().put(action, "{\"defaultOutcome\":\"BLOCK\"}").expect(200);
    assertThat(login("").getString("denied")).isEqualTo("Action blocked");
    assertThat(goOn(query(challenged.getString("redirect"), "token")).getString("denied"))
        .isEqualTo("MFA challenge failed");
  }

  @Test
  @DisplayName("serves the oldest client in use, too, which verifies the token by itself")
  void oldClient() {
    JsonObject first = client.oldAuth0("execute", back, event("", ""));
    String token = query(first.getString("redirect"), "token");
    HttpCalls page = page(token);
    String redirect =
        answer(page, "EMAIL_OTP", mailedCode(page)).expect(200).json().getString("redirectUrl");
    String returned = query(redirect, "token");
    String query = "\"state\":\"%s\",\"token\":\"%s\"";
    JsonObject continued =
        client.oldAuth0("continue", back, event(query.formatted("a b", returned), ""));
    assertThat(continued.get("error")).isEqualTo(JsonValue.NULL);
    assertThat(continued.get("denied")).isEqualTo(JsonValue.NULL);
    assertThat(continued.getString("recorded")).endsWith("/authsignal/v1");
    assertThat(continued.getJsonObject("result").getBoolean("success")).isTrue();
    assertThat(continued.getJsonObject("result").getString("action")).isEqualTo("auth0-login");
    // Of another redirect, and the one that the page was opened with.
    for (String wrong :
        List.of(query.formatted("other", returned), query.formatted("a b", token))) {
      assertThat(client.oldAuth0("continue", back, event(wrong, "")).getString("error"))
          .isEqualTo("The token is for another redirect");
    }
    JsonObject failed = client.oldAuth0("execute", back, event("", ""));
    HttpCalls open = page(query(failed.getString("redirect"), "token"));
    for (int i = 0; i < 5; i++) {
      answer(open, "RECOVERY_CODE", "wrong");
    }
    assertThat(open.get(PATH).expect(200).json().getString("state")).isEqualTo("CHALLENGE_FAILED");
    JsonObject enrolled =
        client.oldAuth0(
            "enrol",
            back,
            "{\"userId\":\"%s\",\"oobChannel\":\"SMS\",\"phoneNumber\":\"+4930901820\"}"
                .formatted(subject));
    JsonObject authenticator = enrolled.getJsonObject("result").getJsonObject("authenticator");
    assertThat(authenticator.getString("phoneNumber")).isEqualTo("+4930901820");
    assertThat(authenticator.getString("authenticatorType")).isEqualTo("OOB");
    assertThat(authenticator.getString("oobChannel")).isEqualTo("SMS");
    assertThat(authenticator.getBoolean("isDefault")).isFalse();
  }

  @Test
  @DisplayName("has the oldest client deny who brings the token of an attempt that is not its own")
  void oldClientAndOtherAttempts() {
    enrolled();
    String view = goneBack("/actions/view");
    assertThat(deniedByOldClient(view)).as("of another action").isEqualTo("MFA challenge failed");
    String slashed = goneBack("/actions/view", "a/b");
    assertThat(deniedByOldClient(slashed)).as("of such a key").isEqualTo("MFA challenge failed");
    String login = goneBack(LOGIN);
    assertThat(deniedByOldClient(login)).as("its own").isEqualTo("MFA challenge failed");
    client.call("deleteUser", "{\"userId\":\"" + subject + "\"}").result();
    assertThat(deniedByOldClient(login)).as("of a time before").isEqualTo("MFA challenge failed");
  }

  private String goneBack(String action) {
    return goneBack(action, UUID.randomUUID().toString());
  }

  /** The token that the person goes back with who has not answered, for the redirect "other". */
  private String goneBack(String action, String idempotencyKey) {
    String token =
        client
            .raw()
            .post(
                "/authsignal/v1/users/" + subject.replace("|", "%7C") + action,
                "{\"redirectUrl\":\"%s\",\"idempotencyKey\":\"%s\"}"
                    .formatted(back, idempotencyKey))
            .expect(200)
            .json()
            .getString("token");
    return query(
        page(token)
            .post(PATH + "/back", "{\"state\":\"other\"}")
            .expect(200)
            .json()
            .getString("redirectUrl"),
        "token");
  }

  private String deniedByOldClient(String token) {
    String query = "\"state\":\"other\",\"token\":\"" + token + "\"";
    JsonObject continued = client.oldAuth0("continue", back, event(query, ""));
    assertThat(continued.get("recorded")).isEqualTo(JsonValue.NULL);
    return continued.getString("denied");
  }

  @Test
  @DisplayName("remembers a browser where company and person want it, and lets it go on by itself")
  void remembered() {
    enrolled();
    allow(",\"rememberDeviceDays\":30");
    try (Browser browser = Browser.open().narrow()) {
      browser.go(login("").getString("redirect"));
      browser.awaitText("#remember", "for 30 days").picture("challenge-9-remember");
      assertThat(browser.barriers()).isEmpty();
      answerByMail(browser);
      browser.go(login("").getString("redirect")).awaitText("h1", "Confirm that it is you");
      browser.click("#remember input");
      answerByMail(browser);

      String redirect = login("").getString("redirect");
      browser.go(redirect + "&state=s").awaitText("h1", "Welcome back");
      assertThat(query(browser.address(), "state")).isEqualTo("s");
      assertThat(goOn(query(browser.address(), "token")).get("denied")).isEqualTo(JsonValue.NULL);
      assertThat(goOn(query(redirect, "token")).getString("denied"))
          .as("of who did not come back from the page")
          .isEqualTo("MFA challenge failed");
      assertThat(company.administrator().get(companyPath + "/activity").expect(200).text())
          .contains("challenge-passed-by-device");

      rules("{\"name\":\"r\",\"when\":{\"newDevice\":false},\"outcome\":\"CHALLENGE\"}");
      browser.go(login("").getString("redirect")).awaitText("h1", "Confirm that it is you");
      rules("");
      allow(",\"rememberDeviceDays\":0");
      browser.go(login("").getString("redirect")).awaitText("h1", "Confirm that it is you");
      assertThat(browser.count("#remember:not([hidden])")).isZero();
      allow(",\"rememberDeviceDays\":30");
      try (Browser other = Browser.open()) {
        other.go(login("").getString("redirect")).awaitText("h1", "Confirm that it is you");
      }
      browser.go(login("").getString("redirect")).awaitText("h1", "Welcome back");
      client
          .raw()
          .delete(
              "/authsignal/v1/users/" + subject.replace("|", "%7C") + "/authenticators/" + mailId())
          .expect(204);
      browser.go(login("").getString("redirect")).awaitText("h1", "Protect your account");
    }
  }

  private void answerByMail(Browser browser) {
    int before = TestPerson.codeMails(email).size();
    browser.click("[data-method=EMAIL_OTP]").awaitText("#sent", "We have sent");
    Await.until(Duration.ofSeconds(30), () -> TestPerson.codeMails(email).size() > before);
    browser.type(
        "[name=code]", TestPerson.codeIn(MailServer.text(TestPerson.codeMails(email).get(before))));
    browser.click("#answer .primary").awaitText("h1", "Welcome back");
  }

  /** The id of the authenticator that mails go to. */
  private String mailId() {
    return client
        .raw()
        .get("/authsignal/v1/users/" + subject.replace("|", "%7C") + "/authenticators")
        .expect(200)
        .jsonArray()
        .getJsonObject(0)
        .getString("userAuthenticatorId");
  }

  private void rules(String rules) {
    company
        .administrator()
        .put(
            companyPath + "/challenge-actions/auth0-login",
            "{\"defaultOutcome\":\"CHALLENGE\",\"rules\":[" + rules + "]}")
        .expect(200);
  }

  @Test
  @DisplayName(
      "takes no cookie for a browser's that it has not made, nor another client's or person's")
  void forgedDevice() {
    enrolled();
    allow(",\"rememberDeviceDays\":30");
    HttpCalls page = tracked().with("User-Agent", "Firefox/140.0");
    String code = mailedCode(page);
    String cookie =
        page.post(
                PATH + "/answer",
                "{\"method\":\"EMAIL_OTP\",\"code\":\"%s\",\"rememberDevice\":true}"
                    .formatted(code))
            .expect(200)
            .header("Set-Cookie");
    assertThat(cookie)
        .contains("HttpOnly", "SameSite=Strict", "Max-Age=2592000")
        .containsIgnoringCase("path=/");
    String pair = cookie.substring(0, cookie.indexOf(';'));
    assertThat(isRemembered(pair, "Firefox/141.0")).isTrue();
    assertThat(isRemembered(pair, "curl/8.0")).isFalse();
    String name = pair.substring(0, pair.indexOf('.'));
    for (String forged :
        List.of(name, name + ".", name + ".AAAA", name + "x" + pair.substring(name.length()))) {
      assertThat(isRemembered(forged, "Firefox/140.0")).as(forged).isFalse();
    }
    Problems.expect(
        tracked().with("User-Agent", "Firefox/140.0").post(PATH + "/remembered", "{}"),
        409,
        "challenge-closed");
    JsonObject other =
        client.raw().post("/authsignal/v1/users/somebody-else" + LOGIN, "{}").expect(200).json();
    HttpCalls others =
        page(other.getString("token")).with("User-Agent", "Firefox/140.0").with("Cookie", pair);
    assertThat(others.get(PATH).expect(200).json().getBoolean("isRemembered")).isFalse();
    Problems.expect(others.post(PATH + "/remembered", "{}"), 409, "challenge-closed");
  }

  private boolean isRemembered(String cookie, String userAgent) {
    return tracked()
        .with("User-Agent", userAgent)
        .with("Cookie", cookie)
        .get(PATH)
        .expect(200)
        .json()
        .getBoolean("isRemembered");
  }

  @Test
  @DisplayName("offers what the company allows, and no more")
  void allowed() {
    allow(",\"verificationMethods\":[\"EMAIL_OTP\"]");
    assertThat(methods(tracked().get(PATH).expect(200).json())).containsExactly("EMAIL_OTP");
    assertThat(enrolled()).as("no recovery codes").isEmpty();
    Problems.expect(
        company
            .administrator()
            .patch(
                companyPath + "/challenge-settings",
                "{\"verificationMethods\":[\"RECOVERY_CODE\"]}"),
        422,
        "impossible-request");
  }
}
