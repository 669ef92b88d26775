package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.drawbridge.testing.Await;
import org.drawbridge.testing.HttpCalls;
import org.drawbridge.testing.MailServer;
import org.drawbridge.testing.Problems;
import org.drawbridge.testing.SharedServer;
import org.drawbridge.testing.SmsGateway;
import org.drawbridge.testing.TestCompany;
import org.drawbridge.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The outbox")
class OutboxIT {

  private static final Duration SOON = Duration.ofSeconds(30);

  private final HttpCalls platform = SharedServer.platform();
  private final MailServer mailServer = MailServer.shared();
  private final SmsGateway smsGateway = SmsGateway.shared();
  private final String email = "ana-" + UUID.randomUUID() + "@example.com";
  private final String phone =
      "+49" + ThreadLocalRandom.current().nextLong(1_000_000_000L, 10_000_000_000L);

  @AfterEach
  void mend() {
    mailServer.link().mend();
    smsGateway.refuse(0);
  }

  @Test
  @DisplayName("sends mail, filled in, under an id of its own, and then forgets the text")
  void mail() throws MessagingException {
    test("{\"email\":\"" + email + "\"}");
    MimeMessage mail = mailServer.mail(email);
    assertThat(mail.getSubject()).isEqualTo("A test from Drawbridge");
    assertThat(MailServer.text(mail))
        .startsWith("Hello,\n")
        .contains("the administrator of " + SharedServer.get().url() + " asked for");
    assertThat(mail.getFrom()).extracting(Object::toString).containsExactly("drawbridge@localhost");
    JsonObject message = settled(email);
    assertThat(mail.getMessageID()).isEqualTo("<" + message.getString("id") + "@localhost>");
    assertThat(message.getString("status")).isEqualTo("SENT");
    assertThat(message.getString("channel")).isEqualTo("MAIL");
    assertThat(message.getString("kind")).isEqualTo("test-notice");
    assertThat(message.getString("sentDate")).isNotEmpty();
    assertThat(message.getInt("tries")).isEqualTo(1);
    for (String member : List.of("companyId", "subject", "body", "lastError")) {
      assertThat(message.get(member)).as(member).isEqualTo(JsonValue.NULL);
    }
  }

  @Test
  @DisplayName("sends SMS, and then forgets the text")
  void sms() {
    test("{\"phone\":\"" + phone + "\"}");
    assertThat(smsGateway.text(phone))
        .isEqualTo(
            "The administrator of %s asked for this test message. If you can read it, SMS works."
                .formatted(SharedServer.get().url()));
    JsonObject message = settled(phone);
    assertThat(message.getString("status")).isEqualTo("SENT");
    assertThat(message.getString("channel")).isEqualTo("SMS");
    assertThat(message.get("body")).isEqualTo(JsonValue.NULL);
  }

  @Test
  @DisplayName("tries again while the mail server is away, and then sends a single mail")
  void mailServerAway() {
    mailServer.link().cut();
    test("{\"email\":\"" + email + "\",\"phone\":\"" + phone + "\"}");
    assertThat(Await.until(SOON, () -> message(email).getInt("tries") >= 2)).isTrue();
    JsonObject waiting = message(email);
    assertThat(waiting.getString("status")).isEqualTo("WAITING");
    assertThat(waiting.get("sentDate")).isEqualTo(JsonValue.NULL);
    assertThat(waiting.getString("body")).startsWith("Hello,");
    assertThat(Await.until(SOON, () -> hasMeter("waiting{channel=\"MAIL\"} [1-9]"))).isTrue();
    // The other channel goes on meanwhile.
    assertThat(smsGateway.text(phone)).contains("SMS works");
    mailServer.link().mend();
    assertThat(MailServer.text(mailServer.mail(email))).startsWith("Hello,");
    assertThat(settled(email).get("lastError")).isEqualTo(JsonValue.NULL);
    assertThat(mailServer.mails(email)).hasSize(1);
    assertThat(hasMeter("failed_total{channel=\"MAIL\"} [1-9]")).isTrue();
    assertThat(SharedServer.get().log()).doesNotContain(email).doesNotContain(phone);
  }

  @Test
  @DisplayName("sends all of it, each mail once, when the mail server goes away in the middle")
  void mailServerAwayInTheMiddle() {
    for (int i = 0; i < 60; i++) {
      test("{\"email\":\"" + i + email + "\"}");
      if (i == 20) {
        // What is on its way is neither taken nor refused.
        mailServer.link().silence();
      }
      if (i == 40) {
        mailServer.link().cut();
      }
    }
    mailServer.link().mend();
    for (int i = 0; i < 60; i++) {
      assertThat(settled(i + email).getString("status")).isEqualTo("SENT");
      assertThat(mailServer.ids(i + email)).hasSize(1);
    }
  }

  @Test
  @DisplayName("tries again what the SMS gateway did not take, and says why it did not")
  void smsGatewayRefuses() {
    smsGateway.refuse(2);
    test("{\"phone\":\"" + phone + "\"}");
    assertThat(Await.until(SOON, () -> !message(phone).isNull("lastError"))).isTrue();
    assertThat(smsGateway.text(phone)).contains("SMS works");
    assertThat(settled(phone).getInt("tries")).isEqualTo(3);
  }

  @Test
  @DisplayName("records that an SMS was sent before it sends the next")
  void smsSingly() throws Exception {
    TestDatabase database = SharedServer.database();
    String other = phone + "1";
    smsGateway.refuse(1000);
    test("{\"phone\":\"" + phone + "\"}");
    test("{\"phone\":\"" + other + "\"}");
    for (String recipient : List.of(phone, other)) {
      assertThat(Await.until(SOON, () -> !message(recipient).isNull("lastError"))).isTrue();
    }
    // Both are due at the same time, so that they are leased together.
    try (AutoCloseable hold = smsGateway.holdAfter(1)) {
      smsGateway.refuse(0);
      database.execute(
          "update outbox_messages set next_try_at = ? where recipient in (?, ?)",
          OffsetDateTime.now().plusSeconds(2),
          phone,
          other);
      assertThat(Await.until(SOON, () -> smsGateway.held() == 1)).isTrue();
      assertThat(List.of(message(phone), message(other)))
          .extracting(m -> m.getString("status"))
          .containsExactlyInAnyOrder("SENT", "WAITING");
    }
    for (String recipient : List.of(phone, other)) {
      assertThat(settled(recipient).getString("status")).isEqualTo("SENT");
      assertThat(smsGateway.texts(recipient)).hasSize(1);
    }
  }

  @Test
  @DisplayName("never merges what holds something of its own")
  void neverMerged() {
    for (int i = 0; i < 8; i++) {
      test("{\"email\":\"" + email + "\"}");
    }
    assertThat(Await.until(SOON, () -> mailServer.mails(email).size() == 8)).isTrue();
  }

  @Test
  @DisplayName("gives up after a day, and tries again when its administrator wants it")
  void givenUp() {
    TestDatabase database = SharedServer.database();
    smsGateway.refuse(1000);
    test("{\"phone\":\"" + phone + "\"}");
    String retry = "/api/v1/outbox/" + message(phone).getString("id") + "/retry";
    Problems.expect(platform.post(retry), 409, "message-not-failed");
    database.execute(
        "update outbox_messages set created_at = created_at - interval '1 day'"
            + " where recipient = ?",
        phone);
    assertThat(Await.until(SOON, () -> message(phone).getString("status").equals("FAILED")))
        .isTrue();
    assertThat(platform.get("/api/v1/outbox?status=FAILED").expect(200).text()).contains(phone);
    assertThat(platform.get("/api/v1/outbox?status=SENT").expect(200).text()).doesNotContain(phone);
    smsGateway.refuse(0);
    assertThat(platform.post(retry).expect(200).json().getString("status")).isEqualTo("WAITING");
    assertThat(smsGateway.text(phone)).contains("SMS works");
    settled(phone);
    Problems.expect(platform.post(retry), 409, "message-not-failed");
    Problems.expect(
        platform.post("/api/v1/outbox/" + UUID.randomUUID() + "/retry"), 404, "not-found");
    Problems.expect(platform.get("/api/v1/outbox?status=LOST"), 400, "malformed-request");
  }

  @Test
  @DisplayName("counts what it sent, by channel")
  void metrics() {
    test("{\"email\":\"" + email + "\",\"phone\":\"" + phone + "\"}");
    settled(email);
    settled(phone);
    for (String channel : List.of("MAIL", "SMS")) {
      String of = "{channel=\"" + channel + "\"} ";
      assertThat(Await.until(SOON, () -> hasMeter("sent_total" + of + "[1-9]"))).isTrue();
      assertThat(hasMeter("abandoned_total" + of + "[0-9]")).isTrue();
      assertThat(hasMeter("waiting" + of + "[0-9]")).isTrue();
    }
  }

  @ParameterizedTest
  @DisplayName("refuses a recipient that is none, or more than one, or more than one line")
  @ValueSource(
      strings = {
        "{\"email\":\"ana@example.com\\r\\nBcc: ben@example.com\"}",
        "{\"email\":\"ana@example.com\\n\"}",
        "{\"email\":\"\\\"a\\rb\\\"@example.com\"}",
        "{\"email\":\"ana\\u2028@example.com\"}",
        "{\"email\":\"ana@example.com,ben@example.com\"}",
        "{\"email\":\"\"}",
        "{\"phone\":\"+4930901820\\r\\n\"}",
        "{\"phone\":\"030901820\"}",
        "{}"
      })
  void badRecipient(String json) {
    long before = total();
    Problems.expect(platform.post("/api/v1/outbox/test", json), 400, "malformed-request");
    assertThat(total()).isEqualTo(before);
  }

  @Test
  @DisplayName("is the platform administrator's alone")
  void forbidden() {
    HttpCalls own = TestCompany.create().ownAdministrator();
    String json = "{\"email\":\"" + email + "\"}";
    Problems.expect(own.get("/api/v1/outbox"), 403, "platform-administrator-required");
    Problems.expect(own.post("/api/v1/outbox/test", json), 403, "platform-administrator-required");
    String retry = "/api/v1/outbox/" + UUID.randomUUID() + "/retry";
    Problems.expect(own.post(retry), 403, "platform-administrator-required");
    HttpCalls anonymous = SharedServer.anonymous();
    Problems.expect(anonymous.post(retry), 401, "credential-missing");
    Problems.expect(anonymous.get("/api/v1/outbox"), 401, "credential-missing");
    Problems.expect(anonymous.post("/api/v1/outbox/test", json), 401, "credential-missing");
  }

  @Test
  @DisplayName("is answered in pages, the newest message first")
  void pages() {
    test("{\"email\":\"" + email + "\"}");
    settled(email);
    test("{\"phone\":\"" + phone + "\"}");
    JsonObject first = platform.get("/api/v1/outbox?pageSize=1").expect(200).json();
    assertThat(first.getJsonArray("items").getJsonObject(0).getString("recipient"))
        .isEqualTo(phone);
    JsonObject second = platform.get("/api/v1/outbox?page=1&pageSize=1").expect(200).json();
    assertThat(second.getJsonArray("items").getJsonObject(0).getString("recipient"))
        .isEqualTo(email);
    assertThat(second.getInt("totalItems")).isGreaterThanOrEqualTo(2);
    Problems.expect(platform.get("/api/v1/outbox?page=x"), 400, "malformed-request");
  }

  @Test
  @DisplayName("has a page")
  void page() {
    HttpCalls anonymous = SharedServer.anonymous();
    assertThat(anonymous.get("/outbox/").expect(200).text()).contains("<h1>Outbox</h1>");
    assertThat(anonymous.get("/outbox/outbox.js").expect(200).contentType())
        .startsWith("text/javascript");
    assertThat(anonymous.get("/outbox/outbox.css").expect(200).contentType())
        .startsWith("text/css");
    assertThat(anonymous.get("/").text()).contains("href=\"outbox/\"");
  }

  private void test(String json) {
    platform.post("/api/v1/outbox/test", json).expect(202);
  }

  private long total() {
    return platform.get("/api/v1/outbox?pageSize=1").expect(200).json().getInt("totalItems");
  }

  private JsonObject message(String recipient) {
    return platform
        .get("/api/v1/outbox?pageSize=200")
        .expect(200)
        .json()
        .getJsonArray("items")
        .getValuesAs(JsonObject.class)
        .stream()
        .filter(message -> message.getString("recipient").equals(recipient))
        .findFirst()
        .orElseThrow();
  }

  /** The message, once it is no longer waiting. */
  private JsonObject settled(String recipient) {
    Await.until(SOON, () -> !message(recipient).getString("status").equals("WAITING"));
    return message(recipient);
  }

  private boolean hasMeter(String pattern) {
    String regex =
        "(?s).*\ndrawbridge_outbox_" + pattern.replace("{", "\\{").replace("}", "\\}") + ".*";
    return SharedServer.anonymous().get("/metrics").expect(200).text().matches(regex);
  }
}
