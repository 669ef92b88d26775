package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.testing.TestJson.JSON;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.drawbridge.testing.HttpCalls;
import org.drawbridge.testing.HttpCalls.Answer;
import org.drawbridge.testing.Problems;
import org.drawbridge.testing.SharedServer;
import org.drawbridge.testing.Simultaneously;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.drawbridge.testing.TestDatabase;
import org.drawbridge.testing.TestTransmitter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A Security Event Token")
class SecurityEventsIT {

  private static final String CAEP = "https://schemas.openid.net/secevent/caep/event-type/";
  private static final String RISC = "https://schemas.openid.net/secevent/risc/event-type/";
  private static final String SSF = "https://schemas.openid.net/secevent/ssf/event-type/";
  private static final String AUDIENCE = "https://drawbridge.example.com";

  private final TestCompany company = TestCompany.create();
  private final TestApplication application = company.application();
  private final HttpCalls calls = company.administrator();
  private final String path = "/api/v1/companies/" + company.id() + "/event-transmitters";
  private final TestTransmitter transmitter = new TestTransmitter();
  private final String user = company.user(",\"autoLockOnBreach\":true");
  private final String email =
      calls.get("/api/v1/users/" + user).expect(200).json().getString("email");

  private JsonObject added = JSON.createObjectBuilder().build();

  @BeforeEach
  void add() {
    application.account("auth0|ana", ",\"userId\":\"" + user + "\"");
    added =
        calls
            .post(
                path,
                "{\"issuer\":\"%s\",\"audience\":\"%s\",\"jwksUrl\":\"%s\"}"
                    .formatted(transmitter.issuer(), AUDIENCE, transmitter.keySetUrl()))
            .expect(201)
            .json();
  }

  @AfterEach
  void close() {
    transmitter.close();
  }

  private JsonObjectBuilder claims(String event) {
    return JSON.createObjectBuilder()
        .add("iss", transmitter.issuer())
        .add("aud", AUDIENCE)
        .add("jti", UUID.randomUUID().toString())
        .add("iat", Instant.now().getEpochSecond())
        .add(
            "sub_id",
            JSON.createObjectBuilder()
                .add("format", "iss_sub")
                .add("iss", transmitter.issuer())
                .add("sub", "auth0|ana"))
        .add("events", JSON.createObjectBuilder().add(event, JSON.createObjectBuilder()));
  }

  private Answer push(String token) {
    String endpoint = added.getString("endpoint");
    return SharedServer.anonymous()
        .with("Content-Type", "application/secevent+jwt")
        .post(endpoint.substring(endpoint.indexOf("/api/")), token);
  }

  private void refused(String token, String code) {
    Answer answer = push(token).expect(400);
    assertThat(answer.json().getString("err")).isEqualTo(code);
    assertThat(answer.json().getString("description")).isNotBlank();
    assertThat(application.isLocked("auth0|ana")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        CAEP + "session-revoked",
        CAEP + "credential-change",
        RISC + "account-credential-change-required",
        RISC + "credential-compromise",
        RISC + "account-disabled"
      })
  @DisplayName("that says an account may be in other hands locks it")
  void locks(String event) {
    assertThat(push(transmitter.token(claims(event).build())).expect(202).text()).isEmpty();
    assertThat(application.isLocked("auth0|ana")).isTrue();
    assertThat(calls.get(path).expect(200).jsonArray().getJsonObject(0).isNull("lastReceivedDate"))
        .isFalse();
    String activity = "/api/v1/companies/" + company.id() + "/activity?type=account-locked";
    assertThat(calls.get(activity).expect(200).text())
        .contains("transmitter:" + added.getString("id"));
  }

  @Test
  @DisplayName("names a person by e-mail address, too, and a foreign one is no error")
  void byEmail() {
    JsonObjectBuilder subject =
        JSON.createObjectBuilder().add("format", "email").add("email", "nobody@example.com");
    String event = RISC + "credential-compromise";
    push(transmitter.token(claims(event).add("sub_id", subject).build())).expect(202);
    assertThat(application.isLocked("auth0|ana")).isFalse();
    subject.add("format", "email").add("email", email);
    push(transmitter.token(claims(event).add("sub_id", subject).build())).expect(202);
    assertThat(application.isLocked("auth0|ana")).isTrue();
  }

  @Test
  @DisplayName("of another kind is taken and noted, and locks nothing")
  void others() {
    push(transmitter.token(claims(SSF + "verification").build())).expect(202);
    push(transmitter.token(claims(RISC + "account-enabled").build())).expect(202);
    push(transmitter.token(claims("https://events.example.com/mine").build())).expect(202);
    push(transmitter.token(claims("https://events.example.com/a\0b").build())).expect(202);
    JsonObjectBuilder nobody =
        JSON.createObjectBuilder().add("format", "opaque").add("id", "auth0|ana\0");
    push(transmitter.token(claims(RISC + "account-disabled").add("sub_id", nobody).build()))
        .expect(202);
    assertThat(application.isLocked("auth0|ana")).isFalse();
    String activity =
        "/api/v1/companies/" + company.id() + "/activity?type=security-event-received";
    assertThat(calls.get(activity).expect(200).text())
        .contains("verification", "account-enabled", "mine");
  }

  @Test
  @DisplayName("does nothing a second time, however often it comes at once")
  void replayed() {
    String token = transmitter.token(claims(RISC + "credential-compromise").build());
    assertThat(Simultaneously.call(8, i -> push(token).status())).containsOnly(202);
    assertThat(application.isLocked("auth0|ana")).isTrue();
    String account =
        calls
            .get("/api/v1/applications/" + application.id() + "/accounts?userAccountId=auth0%7Cana")
            .expect(200)
            .json()
            .getJsonArray("items")
            .getJsonObject(0)
            .getString("id");
    application.unlock(account);
    push(token).expect(202);
    assertThat(application.isLocked("auth0|ana")).isFalse();
    String activity =
        "/api/v1/companies/" + company.id() + "/activity?type=security-event-received";
    assertThat(calls.get(activity).expect(200).json().getJsonArray("items")).hasSize(1);
  }

  @Test
  @DisplayName("is forgotten once it would be refused for its age alone")
  void forgotten() {
    TestDatabase database = SharedServer.database();
    String event = CAEP + "session-revoked";
    String held = "select count(*) from received_tokens where company_id = '" + company.id() + "'";
    push(transmitter.token(claims(event).build())).expect(202);
    push(transmitter.token(claims(event).build())).expect(202);
    assertThat(database.count(held)).isEqualTo(2);
    database.execute(
        "update received_tokens set received_at = received_at - interval '15 day'"
            + " where company_id = ?",
        UUID.fromString(company.id()));
    push(transmitter.token(claims(event).build())).expect(202);
    assertThat(database.count(held)).isEqualTo(1);
  }

  @Test
  @DisplayName("is refused where another signed it, or nobody, or for something else")
  void forged() {
    JsonObject claims = claims(RISC + "credential-compromise").build();
    String header = "{\"typ\":\"secevent+jwt\",\"alg\":\"ES256\",\"kid\":\"one\"}";
    refused(TestTransmitter.token(header, claims, TestTransmitter.newKeys()), "invalid_key");
    refused(
        TestTransmitter.token("{\"typ\":\"JWT\",\"alg\":\"ES256\"}", claims, transmitter.keys()),
        "invalid_key");
    refused(
        TestTransmitter.token("{\"alg\":\"ES256\"}", claims, transmitter.keys()), "invalid_key");
    String none =
        TestTransmitter.token(header.replace("ES256", "none"), claims, transmitter.keys());
    refused(none, "invalid_request");
    refused(none.substring(0, none.lastIndexOf('.') + 1), "invalid_key");
    refused(
        TestTransmitter.token(header.replace("ES256", "HS256"), claims, transmitter.keys()),
        "invalid_key");
    String good = transmitter.token(claims);
    refused(good.substring(0, good.length() - 4) + "AAAA", "invalid_key");
    refused("x", "invalid_request");
    refused("", "invalid_request");
    refused("..", "invalid_request");
    push(good).expect(202);
  }

  @Test
  @DisplayName("is refused where it is of another issuer, for another receiver, or too old")
  void wrongClaims() {
    String event = RISC + "credential-compromise";
    refused(
        transmitter.token(claims(event).add("iss", "https://evil.example.com").build()),
        "invalid_issuer");
    refused(transmitter.token(claims(event).remove("iss").build()), "invalid_issuer");
    refused(transmitter.token(claims(event).add("aud", "other").build()), "invalid_audience");
    refused(transmitter.token(claims(event).remove("aud").build()), "invalid_audience");
    refused(transmitter.token(claims(event).remove("jti").build()), "invalid_request");
    refused(
        transmitter.token(claims(event).add("jti", "x".repeat(256)).build()), "invalid_request");
    refused(transmitter.token(claims(event).add("jti", "a\0b").build()), "invalid_request");
    refused(transmitter.token(claims(event).remove("iat").build()), "invalid_request");
    Instant now = Instant.now();
    long old = now.minus(Duration.ofDays(8)).getEpochSecond();
    refused(transmitter.token(claims(event).add("iat", old).build()), "invalid_request");
    long ahead = now.plus(Duration.ofMinutes(5)).getEpochSecond();
    refused(transmitter.token(claims(event).add("iat", ahead).build()), "invalid_request");
    refused(transmitter.token(claims(event).add("events", "x").build()), "invalid_request");
    refused(transmitter.token(claims(event).remove("events").build()), "invalid_request");
    assertThat(transmitter.fetches()).as("keys are remembered").isEqualTo(1);
  }

  @Test
  @DisplayName("is refused while the transmitter's keys cannot be read")
  void noKeys() {
    transmitter.close();
    refused(transmitter.token(claims(RISC + "credential-compromise").build()), "invalid_key");
  }

  @Test
  @DisplayName("reaches the company of its transmitter alone, as long as that is there")
  void foreign() {
    TestCompany other = TestCompany.create();
    String endpoint = "/api/v1/companies/%s/event-transmitters/%s/events";
    HttpCalls anonymous = SharedServer.anonymous().with("Content-Type", "application/secevent+jwt");
    String token = transmitter.token(claims(RISC + "credential-compromise").build());
    Problems.expect(
        anonymous.post(endpoint.formatted(other.id(), added.getString("id")), token),
        404,
        "not-found");
    HttpCalls others = other.ownAdministrator();
    Problems.expect(others.get(path), 404, "not-found");
    Problems.expect(others.delete(path + "/" + added.getString("id")), 404, "not-found");
    Problems.expect(SharedServer.anonymous().get(path), 401, "credential-missing");
    push(token).expect(202);
    calls.delete(path + "/" + added.getString("id")).expect(204);
    Problems.expect(push(token), 404, "not-found");
    assertThat(calls.get(path).expect(200).text()).isEqualTo("[]");
    String body = "{\"issuer\":\"i\",\"jwksUrl\":\"http://example.com/jwks\"}";
    Problems.expect(calls.post(path, body), 422, "impossible-request");
    Problems.expect(calls.post(path, "{\"issuer\":\"i\"}"), 400, "malformed-request");
    assertThat(
            calls
                .post(path, body.replace("http:", "https:"))
                .expect(201)
                .json()
                .getString("audience"))
        .isEqualTo(SharedServer.get().url().toString());
  }
}
