package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.testing.TestJson.JSON;

import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.drawbridge.testing.Await;
import org.drawbridge.testing.ChallengeClient;
import org.drawbridge.testing.HttpCalls;
import org.drawbridge.testing.NodePackage;
import org.drawbridge.testing.Problems;
import org.drawbridge.testing.SharedServer;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.drawbridge.testing.WebhookReceiver;
import org.drawbridge.testing.WebhookReceiver.Call;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A webhook")
class WebhooksIT {

  private static final NodePackage CLIENTS = new NodePackage("authsignal");
  private static final Duration SOON = Duration.ofSeconds(30);

  private final TestCompany company = TestCompany.create();
  private final HttpCalls calls = company.administrator();
  private final String path = "/api/v1/companies/" + company.id() + "/webhooks";
  private final WebhookReceiver receiver = new WebhookReceiver();

  @AfterEach
  void close() {
    receiver.close();
  }

  private JsonObject add(String more) {
    return calls
        .post(path, "{\"url\":\"" + receiver.url() + "/events?a=b\"" + more + "}")
        .expect(201)
        .json();
  }

  private static JsonObject json(String text) {
    try (JsonReader reader = JSON.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  private static JsonObject constructed(String secret, String payload, String signature) {
    return json(
        CLIENTS.node(
            "construct-event.mjs",
            JSON.createObjectBuilder()
                .add("secret", secret)
                .add("payload", payload)
                .add("signature", signature)
                .build()
                .toString()));
  }

  @Test
  @DisplayName("is told of a change once, signed so that the npm client of Authsignal accepts it")
  void told() {
    Instant start = Instant.now();
    JsonObject webhook = add(",\"types\":[\"account-locked\"]");
    TestApplication application = company.application();
    String account = application.account("ana");
    application.lock(account);
    Call call = receiver.calls(1).get(0);
    assertThat(call.path()).isEqualTo("/events");
    assertThat(call.header("Content-Type")).isEqualTo("application/json");
    String secret = webhook.getString("secret");
    JsonObject event = constructed(secret, call.body(), call.signature());
    assertThat(event.getInt("version")).isEqualTo(1);
    assertThat(event.getString("type")).isEqualTo("account-locked");
    assertThat(event.getString("tenantId")).isEqualTo(company.id());
    assertThat(event.getString("source")).isEqualTo(SharedServer.get().url().toString());
    assertThat(Instant.parse(event.getString("time"))).isBetween(start, Instant.now());
    assertThat(event.getString("id")).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    assertThat(event.getJsonObject("data").getString("subjectId")).isEqualTo(account);
    assertThat(event.getJsonObject("data").getString("actor")).isNotEmpty();
    assertThat(constructed(secret, call.body() + " ", call.signature()).getString("error"))
        .isEqualTo("Signature mismatch.");
    assertThat(constructed("another", call.body(), call.signature()).getString("error"))
        .isEqualTo("Signature mismatch.");
    assertThat(receiver.calls()).as("of one type alone").hasSize(1);
  }

  @Test
  @DisplayName("is signed with the company's challenge secrets, too, so that any client accepts it")
  void challengeSecrets() {
    ChallengeClient revoked = ChallengeClient.of(company);
    ChallengeClient client = ChallengeClient.of(company);
    ChallengeClient foreign = ChallengeClient.of(TestCompany.create());
    JsonObject webhook = add(",\"types\":[\"user-added\"]");
    company.user("");
    Call before = receiver.calls(1).get(0);
    for (String secret : List.of(webhook.getString("secret"), revoked.secret(), client.secret())) {
      assertThat(constructed(secret, before.body(), before.signature()).getString("type"))
          .isEqualTo("user-added");
    }
    calls
        .delete("/api/v1/companies/" + company.id() + "/challenge-secrets/" + revoked.secretId())
        .expect(204);
    company.user("");
    Call after = receiver.calls(2).get(1);
    for (String secret : List.of(webhook.getString("secret"), client.secret())) {
      assertThat(constructed(secret, after.body(), after.signature()).getString("type"))
          .isEqualTo("user-added");
    }
    for (String secret : List.of(revoked.secret(), foreign.secret())) {
      assertThat(constructed(secret, after.body(), after.signature()).getString("error"))
          .isEqualTo("Signature mismatch.");
    }
  }

  @Test
  @DisplayName("is signed with the newest ten challenge secrets at most")
  void manyChallengeSecrets() {
    ChallengeClient oldest = ChallengeClient.of(company);
    for (int i = 0; i < 10; i++) {
      ChallengeClient.of(company);
    }
    add(",\"types\":[\"user-added\"]");
    company.user("");
    Call call = receiver.calls(1).get(0);
    assertThat(call.signature().split(",v2=")).as("the time, its own, and ten").hasSize(12);
    assertThat(constructed(oldest.secret(), call.body(), call.signature()).getString("error"))
        .isEqualTo("Signature mismatch.");
  }

  @Test
  @DisplayName("is told once of an unlock that a check has ended")
  void lockedByCheck() {
    add(",\"types\":[\"account-locked\"]");
    TestApplication application = company.application();
    String user = company.user(",\"autoLockOnAttempt\":true");
    String account = application.account("ana", ",\"userId\":\"" + user + "\"");
    application.unlock(account);
    String check =
        application
            .calls("ana")
            .post("/v1/AccountProtectionCheck")
            .expect(200)
            .json()
            .getString("sessionID");
    JsonObject data = event(receiver.calls(1).get(0)).getJsonObject("data");
    assertThat(data.getString("subjectId")).isEqualTo(account);
    assertThat(data.getString("actor")).isEqualTo("drawbridge");
    assertThat(data.getString("cause")).isEqualTo("AUTO_LOCK_ON_ATTEMPT");
    assertThat(data.getString("check")).isEqualTo(check);
    application.unlock(account);
    application.lock(account);
    assertThat(receiver.calls(2)).as("neither twice, nor instead of others").hasSize(2);
  }

  @Test
  @DisplayName("without types is told of every change, and of none that was refused")
  void everything() {
    add("");
    assertThat(event(receiver.calls(1).get(0)).getString("type")).isEqualTo("webhook-added");
    String group = "/api/v1/companies/" + company.id() + "/groups";
    calls.post(group, "{\"groupKey\":\"a\",\"groupName\":\"A\"}").expect(201);
    Problems.expect(
        calls.post(group, "{\"groupKey\":\"a\",\"groupName\":\"A\"}"), 409, "group-key-taken");
    company.user("");
    assertThat(receiver.calls(3))
        .extracting(call -> event(call).getString("type"))
        .containsExactlyInAnyOrder("webhook-added", "group-added", "user-added");
  }

  @Test
  @DisplayName("that answers with an error is tried again, with the same id and a new signature")
  void again() {
    JsonObject webhook = add(",\"types\":[\"user-added\"]");
    receiver.answer(500);
    company.user("");
    receiver.calls(2);
    assertThat(delivery(webhook).getString("lastError")).isEqualTo("The webhook answered 500");
    receiver.answer(307);
    int before = receiver.calls().size();
    receiver.calls(before + 1);
    receiver.answer(204);
    assertThat(Await.until(SOON, () -> delivery(webhook).getString("status").equals("SENT")))
        .isTrue();
    List<Call> all = receiver.calls();
    assertThat(all).extracting(Call::path).as("no redirect").containsOnly("/events");
    assertThat(all).extracting(call -> event(call).getString("id")).containsOnly(id(all.get(0)));
    assertThat(all).extracting(Call::signature).doesNotHaveDuplicates();
    assertThat(delivery(webhook).getInt("tries")).isEqualTo(all.size());
  }

  @Test
  @DisplayName("that says it is gone is not tried again, until an administrator wants it")
  void gone() {
    JsonObject webhook = add(",\"types\":[\"user-added\"]");
    receiver.answer(410);
    company.user("");
    assertThat(Await.until(SOON, () -> delivery(webhook).getString("status").equals("FAILED")))
        .isTrue();
    assertThat(receiver.calls()).hasSize(1);
    String retry =
        path + "/" + webhook.getString("id") + "/deliveries/" + id(delivery(webhook)) + "/retry";
    receiver.answer(200);
    assertThat(calls.post(retry).expect(200).json().getString("status")).isEqualTo("WAITING");
    assertThat(Await.until(SOON, () -> delivery(webhook).getString("status").equals("SENT")))
        .isTrue();
    Problems.expect(calls.post(retry), 409, "message-not-failed");
    Problems.expect(
        calls.post(
            path + "/" + webhook.getString("id") + "/deliveries/" + UUID.randomUUID() + "/retry"),
        404,
        "not-found");
    JsonObject other = add("");
    Problems.expect(
        calls.post(retry.replace(webhook.getString("id"), other.getString("id"))),
        404,
        "not-found");
  }

  @Test
  @DisplayName("does not wait for others that never answer, whatever is to be sent to those")
  void slowNeighbours() throws IOException {
    TestCompany neighbour = TestCompany.create();
    String neighbours = "/api/v1/companies/" + neighbour.id();
    // Connections to it are made, and nobody ever reads from them.
    try (ServerSocket silent = new ServerSocket(0, 200, InetAddress.getByName("localhost"))) {
      String url = "http://localhost:" + silent.getLocalPort();
      for (int i = 0; i < 4; i++) {
        String webhook = "{\"url\":\"" + url + "\",\"types\":[\"group-added\"]}";
        neighbour.administrator().post(neighbours + "/webhooks", webhook).expect(201);
      }
      for (int i = 0; i < 20; i++) {
        String group = "{\"groupKey\":\"" + i + "\",\"groupName\":\"A\"}";
        neighbour.administrator().post(neighbours + "/groups", group).expect(201);
      }
      add(",\"types\":[\"user-added\"]");
      company.user("");
      // Eighty calls of ten seconds each would keep four threads busy for more than three minutes.
      receiver.calls(1);
    }
  }

  @Test
  @DisplayName("does not wait for all that another company's are told, who take their time")
  void takingTurns() {
    TestCompany neighbour = TestCompany.create();
    String neighbours = "/api/v1/companies/" + neighbour.id();
    try (WebhookReceiver leisurely = new WebhookReceiver()) {
      // Not long enough to be a slow one.
      leisurely.answerAfter(Duration.ofMillis(700));
      for (int i = 0; i < 8; i++) {
        String webhook = "{\"url\":\"" + leisurely.url() + "\",\"types\":[\"group-added\"]}";
        neighbour.administrator().post(neighbours + "/webhooks", webhook).expect(201);
      }
      for (int i = 0; i < 40; i++) {
        String group = "{\"groupKey\":\"" + i + "\",\"groupName\":\"A\"}";
        neighbour.administrator().post(neighbours + "/groups", group).expect(201);
      }
      add(",\"types\":[\"user-added\"]");
      company.user("");
      // 320 calls of 0.7 seconds each keep four threads busy for almost a minute.
      receiver.calls(1);
      assertThat(leisurely.calls()).hasSizeLessThan(320);
    }
  }

  @Test
  @DisplayName("can be tried, listed without its secret, and removed")
  void administered() {
    JsonObject webhook = add(",\"types\":[\"user-added\",\"account-locked\"]");
    String own = path + "/" + webhook.getString("id");
    assertThat(calls.get(path).expect(200).text())
        .contains(receiver.url(), "\"types\":[\"account-locked\",\"user-added\"]")
        .doesNotContain(webhook.getString("secret"));
    calls.post(own + "/test").expect(202);
    assertThat(event(receiver.calls(1).get(0)).getString("type")).isEqualTo("webhook-test");
    calls.delete(own).expect(204);
    assertThat(calls.get(path).expect(200).text()).isEqualTo("[]");
    Problems.expect(calls.delete(own), 404, "not-found");
    Problems.expect(calls.post(own + "/test"), 404, "not-found");
    Problems.expect(calls.get(own + "/deliveries"), 404, "not-found");
    assertThat(SharedServer.get().log()).doesNotContain(webhook.getString("secret"));
  }

  @Test
  @DisplayName("is one of twenty at most")
  void most() {
    for (int i = 0; i < 20; i++) {
      add(",\"types\":[\"never-told\"]");
    }
    Problems.expect(
        calls.post(path, "{\"url\":\"https://x.example.com/\"}"), 409, "too-many-webhooks");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com/",
        "https://user:password@example.com/",
        "https://example.com/#x",
        "ftp://localhost/",
        "file:///etc/passwd",
        "https:///x",
        "example.com",
        "https://exa mple.com/"
      })
  @DisplayName("is not led by an address that may not be called")
  void badAddress(String url) {
    Problems.expect(calls.post(path, "{\"url\":\"" + url + "\"}"), 422, "impossible-request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1:9/",
        "https://[::1]:9/",
        "https://2130706433:9/",
        "https://0.0.0.0:9/",
        "https://169.254.169.254/",
        "https://10.0.0.1:9/"
      })
  @DisplayName("does not reach what is not on the public Internet and no setting names")
  void privateAddress(String url) {
    JsonObject webhook =
        calls.post(path, "{\"url\":\"" + url + "\",\"types\":[\"x\"]}").expect(201).json();
    calls.post(path + "/" + webhook.getString("id") + "/test").expect(202);
    assertThat(Await.until(SOON, () -> !delivery(webhook).isNull("lastError"))).isTrue();
    assertThat(delivery(webhook).getString("lastError")).contains("is no public address");
    calls.delete(path + "/" + webhook.getString("id")).expect(204);
  }

  @Test
  @DisplayName("is the own administrator's alone")
  void forbidden() {
    JsonObject webhook = add("");
    HttpCalls others = TestCompany.create().ownAdministrator();
    String own = path + "/" + webhook.getString("id");
    Problems.expect(others.get(path), 404, "not-found");
    Problems.expect(others.post(path, "{\"url\":\"https://x.example.com\"}"), 404, "not-found");
    Problems.expect(others.delete(own), 404, "not-found");
    Problems.expect(others.post(own + "/test"), 404, "not-found");
    Problems.expect(others.get(own + "/deliveries"), 404, "not-found");
    HttpCalls anonymous = SharedServer.anonymous();
    Problems.expect(anonymous.get(path), 401, "credential-missing");
    Problems.expect(anonymous.delete(own), 401, "credential-missing");
    Problems.expect(
        calls.post(path, "{\"url\":\"https://x.example.com\",\"types\":[\"No Type\"]}"),
        400,
        "malformed-request");
    Problems.expect(calls.post(path, "{}"), 400, "malformed-request");
  }

  private JsonObject delivery(JsonObject webhook) {
    return calls
        .get(path + "/" + webhook.getString("id") + "/deliveries")
        .expect(200)
        .json()
        .getJsonArray("items")
        .getJsonObject(0);
  }

  private static String id(JsonObject json) {
    return json.getString("id");
  }

  private static String id(Call call) {
    return id(event(call));
  }

  private static JsonObject event(Call call) {
    return json(call.body());
  }
}
