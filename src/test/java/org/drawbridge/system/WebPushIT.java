package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.drawbridge.testing.Await;
import org.drawbridge.testing.HttpCalls;
import org.drawbridge.testing.MailServer;
import org.drawbridge.testing.Problems;
import org.drawbridge.testing.SharedServer;
import org.drawbridge.testing.Simultaneously;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.drawbridge.testing.TestDevice;
import org.drawbridge.testing.TestPerson;
import org.drawbridge.testing.WebhookReceiver.Call;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A browser that shows requests by itself")
class WebPushIT {

  private static final String PATH = "/api/v1/me/push-subscriptions";

  private final TestCompany company = TestCompany.create();
  private final TestApplication application = company.application();
  private final TestPerson ana = TestPerson.signedUp(application);
  private final HttpCalls session = ana.signIn();
  private final TestDevice device = new TestDevice();

  @AfterEach
  void close() {
    device.close();
  }

  private void subscribe(TestDevice one) {
    session.post(PATH, one.subscription().toString()).expect(201);
  }

  private void blockedLogin() {
    application.lock(ana.user().getJsonArray("accounts").getJsonObject(0).getString("id"));
    assertThat(application.check(ana.subject()).json().getBoolean("locked")).isTrue();
  }

  @Test
  @DisplayName("is pushed what its person is asked, encrypted for it and in the company's name")
  void pushed() {
    String key = session.get(PATH + "/key").expect(200).json().getString("publicKey");
    subscribe(device);
    blockedLogin();
    Call call = device.service().calls(1).get(0);
    assertThat(call.path()).isEqualTo("/push/one");
    assertThat(call.header("TTL")).isEqualTo("600");
    assertThat(call.header("Urgency")).isEqualTo("high");
    assertThat(call.header("Content-Encoding")).isEqualTo("aes128gcm");
    assertThat(call.body()).doesNotContain(ana.subject());
    JsonObject shown = device.decrypted(call);
    assertThat(shown.getBoolean("isSigned")).isTrue();
    assertThat(shown.getString("key")).isEqualTo(key);
    JsonObject claims = shown.getJsonObject("claims");
    assertThat(claims.getString("aud")).isEqualTo(device.service().url());
    assertThat(claims.getString("sub")).isEqualTo("mailto:drawbridge@localhost");
    assertThat(Instant.ofEpochSecond(claims.getJsonNumber("exp").longValue()))
        .isBetween(Instant.now(), Instant.now().plusSeconds(24 * 60 * 60));
    JsonObject notice = shown.getJsonObject("notice");
    assertThat(notice.getString("title")).contains("A login to " + ana.subject());
    assertThat(notice.getString("body")).contains("Was it you?");
    assertThat(notice.getString("page")).isEqualTo(SharedServer.get().url() + "/requests/");
    assertThat(notice.getString("language")).isEqualTo("en");
    assertThat(MailServer.shared().mails(ana.username()))
        .extracting(MailServer::subject)
        .as("told once")
        .noneMatch(subject -> subject.contains("A login to"));
    assertThat(session.get(PATH + "/key").expect(200).json().getString("publicKey")).isEqualTo(key);
  }

  @Test
  @DisplayName("gets the company's key, the same when many ask for the first time at once")
  void key() {
    assertThat(
            Simultaneously.call(
                8, i -> session.get(PATH + "/key").expect(200).json().getString("publicKey")))
        .hasSize(8)
        .containsOnly(session.get(PATH + "/key").expect(200).json().getString("publicKey"));
  }

  @Test
  @DisplayName("that is gone is forgotten, and the person gets mail instead")
  void gone() {
    subscribe(device);
    device.service().answer(410);
    blockedLogin();
    assertThat(MailServer.text(MailServer.shared().mail(ana.username(), "A login to")))
        .contains("Was it you?");
    assertThat(session.get(PATH).expect(200).text()).isEqualTo("[]");
    assertThat(device.service().calls()).hasSize(1);
  }

  @Test
  @DisplayName("is one of several, of which one is enough")
  void several() {
    try (TestDevice broken = new TestDevice()) {
      subscribe(broken);
      subscribe(device);
      broken.service().answer(500);
      blockedLogin();
      device.service().calls(1);
      broken.service().calls(1);
      assertThat(session.get(PATH).expect(200).jsonArray()).hasSize(2);
      String user = ana.user().getString("id");
      assertThat(Await.until(Duration.ofSeconds(30), () -> outbox("SENT").contains(user))).isTrue();
      assertThat(broken.service().calls()).hasSize(1);
    }
  }

  @Test
  @DisplayName("makes mail and SMS needless, and nothing of them is left")
  void needless() {
    String phone = "+49" + ThreadLocalRandom.current().nextLong(1_000_000_000L, 10_000_000_000L);
    String user = ana.user().getString("id");
    company
        .administrator()
        .patch(
            "/api/v1/users/" + user, "{\"allowSmsNotification\":true,\"phone\":\"" + phone + "\"}")
        .expect(200);
    subscribe(device);
    device.service().answer(500);
    blockedLogin();
    assertThat(outbox("STANDBY")).contains(phone, ana.username());
    device.service().answer(201);
    assertThat(Await.until(Duration.ofSeconds(30), () -> outbox("SENT").contains(user))).isTrue();
    assertThat(outbox("STANDBY")).doesNotContain(phone).doesNotContain(ana.username());
  }

  private static String outbox(String status) {
    return SharedServer.platform()
        .get("/api/v1/outbox?pageSize=200&status=" + status)
        .expect(200)
        .text();
  }

  @Test
  @DisplayName("is there once, however often it subscribes, and ten are kept")
  void kept() {
    subscribe(device);
    subscribe(device);
    assertThat(session.get(PATH).expect(200).jsonArray()).hasSize(1);
    String address = device.subscription().getString("endpoint");
    String first = device.subscription().toString();
    for (int i = 1; i <= 10; i++) {
      session.post(PATH, first.replace(address, address + i)).expect(201);
    }
    assertThat(session.get(PATH).expect(200).jsonArray()).hasSize(10);
  }

  @Test
  @DisplayName("is its person's alone, who can remove it")
  void removed() {
    subscribe(device);
    String id = session.get(PATH).expect(200).jsonArray().getJsonObject(0).getString("id");
    HttpCalls ben = TestPerson.signedUp(application).signIn();
    Problems.expect(ben.delete(PATH + "/" + id), 404, "not-found");
    assertThat(ben.get(PATH).expect(200).text()).isEqualTo("[]");
    Problems.expect(session.delete(PATH + "/" + UUID.randomUUID()), 404, "not-found");
    session.delete(PATH + "/" + id).expect(204);
    assertThat(session.get(PATH).expect(200).text()).isEqualTo("[]");
    Problems.expect(SharedServer.anonymous().get(PATH), 401, "credential-missing");
    Problems.expect(SharedServer.anonymous().get(PATH + "/key"), 401, "credential-missing");
  }

  @ParameterizedTest
  @CsvSource({
    "http://push.example.com/x, BAAA, AAAA, /endpoint",
    "nonsense, BAAA, AAAA, /endpoint",
    "https://push.example.com/x, BAAA, AAAA, /keys/p256dh",
    "https://push.example.com/x, ****, AAAA, /keys/p256dh",
    // Of the right length, but no point of the curve; and compressed.
    "https://push.example.com/x, BAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA, AAAAAAAAAAAAAAAAAAAAAA, /keys/p256dh",
    "https://push.example.com/x, AwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA, AAAAAAAAAAAAAAAAAAAAAA, /keys/p256dh"
  })
  @DisplayName("is refused where it is none")
  void refused(String endpoint, String p256dh, String auth, String pointer) {
    assertThat(
            session
                .post(
                    PATH,
                    "{\"endpoint\":\"%s\",\"keys\":{\"p256dh\":\"%s\",\"auth\":\"%s\"}}"
                        .formatted(endpoint, p256dh, auth))
                .expect(422)
                .wrongMembers())
        .containsExactly(pointer);
    Problems.expect(session.post(PATH, "{\"endpoint\":\"x\"}"), 400, "malformed-request");
  }
}
