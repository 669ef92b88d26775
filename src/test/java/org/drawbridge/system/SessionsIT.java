package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.drawbridge.testing.ChallengeClient;
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
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A person who signs in with a passkey")
class SessionsIT {

  private final TestCompany company = TestCompany.create();
  private final TestApplication application = company.application();
  private final TestPerson ana = TestPerson.signedUp(application);
  private final HttpCalls anonymous = SharedServer.anonymous();

  @Test
  @DisplayName("gets a cookie that scripts cannot read and other sites do not send")
  void cookie() {
    Answer signedIn = SignIn.of(anonymous).finish(ana.here()).expect(201);
    assertThat(signedIn.header("Set-Cookie"))
        .startsWith("drawbridge-session=")
        .contains("HttpOnly", "SameSite=Lax", "Path=/")
        .doesNotContain("Domain", "Secure");
    assertThat(signedIn.json().getString("username")).isEqualTo(ana.username());
  }

  @Test
  @DisplayName("signs in by name where the authenticator answers no user handle")
  void byName() {
    SoftwareAuthenticator authenticator = ana.here();
    authenticator.answersUserHandle = false;
    SignIn byName = SignIn.of(anonymous, company.id(), ana.username());
    assertThat(
            byName
                .started()
                .getJsonObject("publicKey")
                .getJsonArray("allowCredentials")
                .getJsonObject(0)
                .getString("id"))
        .isEqualTo(authenticator.credentialId());
    byName.finish(authenticator).expect(201);
    Problems.expect(SignIn.of(anonymous).finish(authenticator), 403, "credential-unknown");
  }

  @Test
  @DisplayName("is asked alike whether or not there is somebody of the name")
  void unknownName() {
    JsonObject first = SignIn.of(anonymous, company.id(), "nobody").started();
    JsonObject second = SignIn.of(anonymous, company.id(), "nobody").started();
    JsonObject known = SignIn.of(anonymous, company.id(), ana.username()).started();
    assertThat(first.getJsonObject("publicKey").keySet())
        .isEqualTo(known.getJsonObject("publicKey").keySet());
    assertThat(first.getJsonObject("publicKey").get("allowCredentials"))
        .isEqualTo(second.getJsonObject("publicKey").get("allowCredentials"));
    SignIn.of(anonymous, UUID.randomUUID().toString(), "nobody");
    Problems.expect(
        SignIn.of(anonymous, company.id(), "nobody").finish(ana.here()), 403, "credential-unknown");
    assertThat(
            anonymous
                .post("/api/v1/sessions/start", "{\"username\":\"ana\"}")
                .expect(400)
                .wrongMembers())
        .containsExactly("/companyId");
  }

  @Test
  @DisplayName("is refused naming the step")
  void steps() {
    SoftwareAuthenticator authenticator = ana.here();
    String right = authenticator.origin;
    authenticator.origin = application.url();
    Problems.expect(SignIn.of(anonymous).finish(authenticator), 403, "origin-wrong");
    authenticator.origin = right;
    authenticator.relyingParty = "evil.example";
    Problems.expect(SignIn.of(anonymous).finish(authenticator), 403, "rp-id-wrong");
    authenticator.relyingParty = null;
    authenticator.type = "webauthn.create";
    Problems.expect(SignIn.of(anonymous).finish(authenticator), 403, "ceremony-type-wrong");
    authenticator.type = null;
    authenticator.flags = SoftwareAuthenticator.UP;
    Problems.expect(SignIn.of(anonymous).finish(authenticator), 403, "user-verification-missing");
    authenticator.flags =
        SoftwareAuthenticator.UP | SoftwareAuthenticator.UV | SoftwareAuthenticator.BE;
    Problems.expect(SignIn.of(anonymous).finish(authenticator), 403, "flags-wrong");
    authenticator.flags = SoftwareAuthenticator.UP | SoftwareAuthenticator.UV;
    SignIn ceremony = SignIn.of(anonymous);
    JsonObject signed = authenticator.get(ceremony.started().getJsonObject("publicKey"));
    byte[] signature = SoftwareAuthenticator.member(signed, "signature");
    signature[signature.length - 1] ^= 1;
    Problems.expect(
        ceremony.finish(SoftwareAuthenticator.altered(signed, "signature", signature)),
        403,
        "signature-wrong");
    Problems.expect(ceremony.finish(signed), 403, "ceremony-unknown");
    SignIn.of(anonymous).finish(authenticator).expect(201);
  }

  @Test
  @DisplayName("cannot use an assertion again, nor another's ceremony")
  void replay() {
    SignIn ceremony = SignIn.of(anonymous);
    JsonObject signed = ana.here().get(ceremony.started().getJsonObject("publicKey"));
    ceremony.finish(signed).expect(201);
    Problems.expect(ceremony.finish(signed), 403, "ceremony-unknown");
    Problems.expect(SignIn.of(anonymous).finish(signed), 403, "challenge-wrong");
    Problems.expect(
        anonymous.post("/api/v1/sessions", "{\"ceremonyId\":\"x\",\"credential\":{}}"),
        400,
        "malformed-request");
  }

  @Test
  @DisplayName("cannot sign in as somebody else")
  void anothersCredential() {
    TestPerson ben = TestPerson.signedUp(application);
    Problems.expect(
        SignIn.of(anonymous, company.id(), ben.username()).finish(ana.here()),
        403,
        "credential-unknown");
    SoftwareAuthenticator mixed = ana.here().claimingHandleOf(ben.here());
    Problems.expect(SignIn.of(anonymous).finish(mixed), 403, "credential-unknown");
  }

  @Test
  @DisplayName("is refused, on record and told where the signature count fell")
  void copied() {
    SoftwareAuthenticator authenticator = ana.here();
    authenticator.signatureCount = 10;
    SignIn.of(anonymous).finish(authenticator).expect(201);
    authenticator.signatureCount = 3;
    Problems.expect(SignIn.of(anonymous).finish(authenticator), 403, "signature-count-fell");
    MailServer.shared().mail(ana.username(), "was refused");
    assertThat(
            company
                .administrator()
                .get("/api/v1/companies/" + company.id() + "/activity?type=passkey-copied")
                .expect(200)
                .json()
                .getJsonArray("items"))
        .hasSize(1);
  }

  @Test
  @DisplayName("needs the session, and for each change its token")
  void csrf() {
    Answer signedIn = SignIn.of(anonymous).finish(ana.here()).expect(201);
    String cookie = signedIn.header("Set-Cookie");
    HttpCalls onlyCookie = anonymous.with("Cookie", cookie.substring(0, cookie.indexOf(';')));
    onlyCookie.get("/api/v1/me").expect(200);
    Problems.expect(onlyCookie.post("/api/v1/me/recovery-codes"), 403, "csrf-token-wrong");
    Problems.expect(
        onlyCookie.with("x-drawbridge-csrf", "AAAA").post("/api/v1/me/recovery-codes"),
        403,
        "csrf-token-wrong");
    String otherToken =
        SignIn.of(anonymous).finish(ana.here()).expect(201).json().getString("csrfToken");
    Problems.expect(
        onlyCookie.with("x-drawbridge-csrf", otherToken).post("/api/v1/me/recovery-codes"),
        403,
        "csrf-token-wrong");
    Problems.expect(anonymous.get("/api/v1/me"), 401, "credential-missing");
    Problems.expect(
        anonymous.with("Cookie", "drawbridge-session=abc").get("/api/v1/me"),
        401,
        "credential-refused");
  }

  @Test
  @DisplayName("sees and ends sessions, this one and others")
  void sessions() {
    HttpCalls here = ana.signIn();
    HttpCalls there = ana.signIn();
    List<JsonObject> open =
        here.get("/api/v1/me/sessions").expect(200).jsonArray().getValuesAs(JsonObject.class);
    assertThat(open).hasSize(2);
    assertThat(open.stream().filter(s -> s.getBoolean("current"))).hasSize(1);
    String other =
        open.stream()
            .filter(s -> !s.getBoolean("current"))
            .map(s -> s.getString("id"))
            .findFirst()
            .orElseThrow();
    here.delete("/api/v1/me/sessions/" + other).expect(204);
    Problems.expect(there.get("/api/v1/me"), 401, "credential-refused");
    Problems.expect(here.delete("/api/v1/me/sessions/" + other), 404, "not-found");
    assertThat(here.delete("/api/v1/me/sessions/current").expect(204).header("Set-Cookie"))
        .contains("Max-Age=0");
    Problems.expect(here.get("/api/v1/me"), 401, "credential-refused");
    TestPerson ben = TestPerson.signedUp(application);
    Problems.expect(ben.signIn().delete("/api/v1/me/sessions/" + other), 404, "not-found");
  }

  @Test
  @DisplayName("stays signed in by using the session")
  void used() {
    HttpCalls calls = ana.signIn();
    SharedServer.database()
        .execute(
            "update sessions set last_used_at = last_used_at - interval '10 minutes'"
                + " where user_id = ?",
            UUID.fromString(ana.user().getString("id")));
    JsonObject session = calls.get("/api/v1/me/sessions").expect(200).jsonArray().getJsonObject(0);
    assertThat(Instant.parse(session.getString("lastUsedDate")))
        .isAfter(Instant.now().minusSeconds(60));
  }

  @Test
  @DisplayName("is signed out of a session that a call uses while it ends")
  void endedInUse() {
    HttpCalls calls = ana.signIn();
    String ofAna = " where user_id = '" + ana.user().getString("id") + "'";
    SharedServer.database()
        .execute("update sessions set last_used_at = last_used_at - interval '2 minutes'" + ofAna);
    Answer used =
        SharedServer.database()
            .during(() -> calls.get("/api/v1/me"), "update sessions set ended_at = now()" + ofAna);
    Problems.expect(used, 401, "credential-refused");
    Problems.expect(calls.get("/api/v1/me"), 401, "credential-refused");
  }

  @Test
  @DisplayName("is signed out everywhere else once a passkey was removed")
  void passkeyRemoved() {
    HttpCalls here = ana.signIn();
    HttpCalls there = ana.signIn();
    HttpCalls bens = TestPerson.signedUp(application).signIn();
    here.post("/api/v1/me/recovery-codes").expect(201);
    here.delete("/api/v1/me/credentials/" + passkey(here)).expect(204);
    Problems.expect(there.get("/api/v1/me"), 401, "credential-refused");
    here.get("/api/v1/me").expect(200);
    bens.get("/api/v1/me").expect(200);
  }

  @Test
  @DisplayName("is signed out everywhere once the company removed a passkey")
  void passkeyRemovedByCompany() {
    HttpCalls here = ana.signIn();
    here.post("/api/v1/me/recovery-codes").expect(201);
    HttpCalls server = ChallengeClient.of(company).raw();
    String user = "/authsignal/v1/users/" + ana.subject();
    server.post(user + "/actions/auth0-login", "{}").expect(200);
    server.delete(user + "/authenticators/" + passkey(here)).expect(204);
    Problems.expect(here.get("/api/v1/me"), 401, "credential-refused");
  }

  private static String passkey(HttpCalls session) {
    return session
        .get("/api/v1/me/credentials")
        .expect(200)
        .jsonArray()
        .getJsonObject(0)
        .getString("id");
  }

  @Test
  @DisplayName("locks and unlocks own accounts, and no others")
  void lockAndUnlock() {
    HttpCalls calls = ana.signIn();
    String account = account(ana);
    calls.post("/api/v1/me/accounts/" + account + "/lock", "{}").expect(200);
    assertThat(application.isLocked(ana.subject())).isTrue();
    assertThat(
            calls
                .get("/api/v1/me/accounts/" + account + "/explanation")
                .expect(200)
                .json()
                .getJsonArray("unlockableBy")
                .toString())
        .isEqualTo("[\"USER\",\"ADMINISTRATOR\"]");
    JsonObject unlocked =
        calls
            .post("/api/v1/me/accounts/" + account + "/unlock", "{\"minutes\":5}")
            .expect(200)
            .json();
    assertThat(unlocked.getBoolean("lockStatus")).isFalse();
    assertThat(unlocked.getJsonArray("lockUnlockHistory").getString(0)).contains("OWNER by user:");
    assertThat(application.isLocked(ana.subject())).isFalse();

    TestPerson ben = TestPerson.signedUp(application);
    String bens = account(ben);
    for (String change : List.of("lock", "unlock")) {
      Problems.expect(
          calls.post("/api/v1/me/accounts/" + bens + "/" + change, "{}"), 404, "not-found");
    }
    Problems.expect(calls.get("/api/v1/me/accounts/" + bens + "/explanation"), 404, "not-found");
  }

  private static String account(TestPerson person) {
    return person.user().getJsonArray("accounts").getJsonObject(0).getString("id");
  }

  @Test
  @DisplayName("adds, renames and removes passkeys, but never the last without a recovery code")
  void passkeys() {
    HttpCalls calls = ana.signIn();
    JsonObject first = calls.get("/api/v1/me/credentials").expect(200).jsonArray().getJsonObject(0);
    assertThat(first.getString("nickname")).isEqualTo("Passkey");
    assertThat(first.getJsonArray("transports").getString(0)).isEqualTo("internal");
    String path = "/api/v1/me/credentials/" + first.getString("id");
    Problems.expect(calls.delete(path), 409, "last-credential");

    JsonObject started =
        calls.post("/api/v1/me/credentials/start", "{\"nickname\":\"Laptop\"}").expect(200).json();
    assertThat(started.getJsonObject("publicKey").getJsonArray("excludeCredentials")).hasSize(1);
    SoftwareAuthenticator laptop = new SoftwareAuthenticator(SharedServer.get().url().toString());
    String body =
        "{\"ceremonyId\":\"%s\",\"credential\":%s}"
            .formatted(
                started.getString("ceremonyId"), laptop.create(started.getJsonObject("publicKey")));
    Problems.expect(
        TestPerson.signedUp(application).signIn().post("/api/v1/me/credentials", body),
        403,
        "ceremony-unknown");
    JsonObject second = calls.post("/api/v1/me/credentials", body).expect(201).json();
    assertThat(second.getString("nickname")).isEqualTo("Laptop");
    MailServer.shared().mail(ana.username(), "added");

    calls.patch(path, "{\"nickname\":\"Old phone\"}").expect(200);
    String ofUser = "/api/v1/users/" + ana.user().getString("id") + "/credentials";
    assertThat(company.administrator().get(ofUser).expect(200).text())
        .isEqualTo(calls.get("/api/v1/me/credentials").expect(200).text())
        .contains("Old phone", "Laptop");
    calls.delete(path).expect(204);
    MailServer.shared().mail(ana.username(), "removed");
    Problems.expect(SignIn.of(anonymous).finish(ana.here()), 403, "credential-unknown");
    SignIn.of(anonymous).finish(laptop).expect(201);

    String last = "/api/v1/me/credentials/" + second.getString("id");
    Problems.expect(calls.delete(last), 409, "last-credential");
    calls.post("/api/v1/me/recovery-codes").expect(201);
    calls.delete(last).expect(204);
  }

  @Test
  @DisplayName("keeps one of two passkeys that are removed at once")
  void removedAtOnce() {
    HttpCalls calls = ana.signIn();
    JsonObject started = calls.post("/api/v1/me/credentials/start", "{}").expect(200).json();
    SoftwareAuthenticator second = new SoftwareAuthenticator(SharedServer.get().url().toString());
    calls
        .post(
            "/api/v1/me/credentials",
            "{\"ceremonyId\":\"%s\",\"credential\":%s}"
                .formatted(
                    started.getString("ceremonyId"),
                    second.create(started.getJsonObject("publicKey"))))
        .expect(201);
    List<String> ids =
        calls
            .get("/api/v1/me/credentials")
            .expect(200)
            .jsonArray()
            .getValuesAs(JsonObject.class)
            .stream()
            .map(credential -> credential.getString("id"))
            .toList();
    assertThat(Simultaneously.call(2, i -> calls.delete("/api/v1/me/credentials/" + ids.get(i))))
        .extracting(Answer::status)
        .containsExactlyInAnyOrder(204, 409);
  }
}
