package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.drawbridge.testing.Await;
import org.drawbridge.testing.HttpCalls;
import org.drawbridge.testing.MailServer;
import org.drawbridge.testing.Problems;
import org.drawbridge.testing.SharedServer;
import org.drawbridge.testing.SmsGateway;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.drawbridge.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a person is told")
class NoticesIT {

  private static final Duration SOON = Duration.ofSeconds(30);

  private final TestCompany company = TestCompany.create();
  private final TestApplication application = company.application();
  private final HttpCalls calls = company.administrator();
  private final MailServer mailServer = MailServer.shared();
  private final String phone =
      "+49" + ThreadLocalRandom.current().nextLong(1_000_000_000L, 10_000_000_000L);
  private final String user =
      company.user(",\"autoLockOnBreach\":true,\"phone\":\"" + phone + "\"");
  private final String email =
      calls.get("/api/v1/users/" + user).expect(200).json().getString("email");

  @AfterEach
  void mend() {
    mailServer.link().mend();
  }

  /** Something that the user is told of. */
  private void breach(String account) {
    String id = application.account(account, ",\"userId\":\"" + user + "\"");
    calls
        .post(
            "/api/v1/companies/" + company.id() + "/breach-signals",
            "{\"accountId\":\"" + id + "\",\"source\":\"test\"}")
        .expect(200);
  }

  @Test
  @DisplayName("is a mail, in text and HTML, and no SMS beside it")
  void mail() throws Exception {
    breach("ana");
    MimeMessage mail = mailServer.mail(email);
    assertThat(mail.getContentType()).startsWith("multipart/alternative;");
    assertThat(MailServer.text(mail)).startsWith("Hello,\n").contains("your account ana at");
    assertThat(MailServer.html(mail)).contains("<html lang=\"en\">", "your account ana at");
    assertThat(Await.until(SOON, () -> messages().stream().noneMatch(m -> has(m, "WAITING"))))
        .isTrue();
    assertThat(messages()).hasSize(1);
    assertThat(SmsGateway.shared().texts(phone)).isEmpty();
  }

  @Test
  @DisplayName("is in the language of the company, or in the person's own")
  void language() {
    String path = "/api/v1/companies/" + company.id();
    assertThat(calls.get(path).expect(200).json().getString("language")).isEqualTo("en");
    calls.patch(path, "{\"language\":\"de\"}").expect(200);
    breach("ana");
    MimeMessage mail = mailServer.mail(email, "ana");
    assertThat(MailServer.text(mail)).startsWith("Guten Tag,\n");
    assertThat(MailServer.html(mail)).contains("<html lang=\"de\">");
    String own = "/api/v1/users/" + user;
    assertThat(calls.get(own).expect(200).json().isNull("language")).isTrue();
    assertThat(calls.patch(own, "{\"language\":\"en\"}").expect(200).json().getString("language"))
        .isEqualTo("en");
    breach("second");
    assertThat(MailServer.text(mailServer.mail(email, "second"))).startsWith("Hello,\n");
    Problems.expect(calls.patch(own, "{\"language\":\"tlh\"}"), 400, "malformed-request");
    Problems.expect(calls.patch(path, "{\"language\":\"EN\"}"), 400, "malformed-request");
  }

  @Test
  @DisplayName("comes by SMS where mail fails, once, and not by mail later")
  void substitute() {
    TestDatabase database = SharedServer.database();
    mailServer.link().cut();
    breach("ana");
    assertThat(messages()).extracting(m -> m.getString("status")).contains("STANDBY");
    assertThat(SharedServer.platform().get("/api/v1/outbox?status=STANDBY").expect(200).text())
        .contains(phone)
        .doesNotContain(email);
    database.execute(
        "update outbox_messages set created_at = created_at - interval '1 minute'"
            + " where recipient = ?",
        email);
    assertThat(SmsGateway.shared().text(phone)).contains("ana at Application");
    mailServer.link().mend();
    assertThat(Await.until(SOON, () -> messages().stream().anyMatch(m -> has(m, "SENT")))).isTrue();
    assertThat(messages())
        .extracting(m -> m.getString("channel") + " " + m.getString("status"))
        .containsExactlyInAnyOrder("MAIL FAILED", "SMS SENT");
    assertThat(mailServer.mails(email)).isEmpty();
  }

  @Test
  @DisplayName("is told in one message where it is too much for single ones")
  void flood() {
    for (int i = 1; i <= 8; i++) {
      breach("account-" + i);
    }
    List<JsonObject> waiting = messages().stream().filter(m -> has(m, "WAITING")).toList();
    JsonObject merged =
        waiting.stream()
            .filter(m -> m.getString("kind").equals("more-notices"))
            .findFirst()
            .orElseThrow();
    assertThat(merged.getString("subject"))
        .isEqualTo("3 more: account-8 at Application is locked: its password may be known");
    assertThat(merged.getString("body")).contains("stands for 3 of them");
    assertThat(messages().stream().filter(m -> m.getString("kind").equals("breach-locked")))
        .as("by mail")
        .filteredOn(m -> m.getString("channel").equals("MAIL"))
        .hasSize(5);
    assertThat(messages())
        .as("the same by SMS, standing by")
        .filteredOn(m -> has(m, "STANDBY") && m.getString("kind").equals("more-notices"))
        .singleElement()
        .satisfies(m -> assertThat(m.getString("body")).contains("3 more"));
  }

  private List<JsonObject> messages() {
    return SharedServer.platform()
        .get("/api/v1/outbox?pageSize=100")
        .expect(200)
        .json()
        .getJsonArray("items")
        .getValuesAs(JsonObject.class)
        .stream()
        .filter(m -> List.of(email, phone).contains(m.getString("recipient")))
        .toList();
  }

  private static boolean has(JsonObject message, String status) {
    return message.getString("status").equals(status);
  }
}
