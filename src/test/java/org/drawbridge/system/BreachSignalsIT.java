package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonString;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.drawbridge.testing.HeldAccount;
import org.drawbridge.testing.HttpCalls;
import org.drawbridge.testing.HttpCalls.Answer;
import org.drawbridge.testing.MailServer;
import org.drawbridge.testing.Problems;
import org.drawbridge.testing.SharedServer;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.drawbridge.testing.TestDatabase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A breach signal")
class BreachSignalsIT {

  private final TestCompany company = TestCompany.create();
  private final TestApplication application = company.application();
  private final HttpCalls calls = company.administrator();
  private final String path = "/api/v1/companies/" + company.id() + "/breach-signals";
  private final String user = company.user(",\"autoLockOnBreach\":true");
  private final String email =
      calls.get("/api/v1/users/" + user).expect(200).json().getString("email");
  private final String account = application.account("ana", ",\"userId\":\"" + user + "\"");

  @Test
  @DisplayName("about an e-mail address locks the accounts behind it, tells who owns them, once")
  void byEmail() {
    String second = application.account("second", ",\"userId\":\"" + user + "\"");
    application.account("other", ",\"userId\":\"" + company.user("") + "\"");
    assertThat(locked(signal("\"email\":\"" + email.toUpperCase(Locale.ROOT) + "\"")))
        .containsExactlyInAnyOrder(account, second);
    assertThat(application.isLocked("ana")).isTrue();
    assertThat(application.isLocked("second")).isTrue();
    assertThat(application.isLocked("other")).isFalse();
    assertThat(locked(signal("\"email\":\"" + email + "\""))).isEmpty();
    MailServer.shared().mail(email, "ana at Application is locked");
    MailServer.shared().mail(email, "second at Application is locked");
    assertThat(MailServer.shared().mails(email))
        .extracting(MailServer::subject)
        .filteredOn(subject -> subject.contains("is locked"))
        .hasSize(2);
    assertThat(
            calls
                .get("/api/v1/accounts/" + account + "/explanation")
                .expect(200)
                .json()
                .getString("latestChange"))
        .contains("AUTO_LOCK_ON_BREACH", "leak-watch");
  }

  @Test
  @DisplayName("about an address of two people takes accounts in the order in which policies do")
  void inOrder() {
    TestDatabase database = SharedServer.database();
    String other = company.user(",\"autoLockOnBreach\":true");
    calls.patch("/api/v1/users/" + other, "{\"email\":\"" + email + "\"}").expect(200);
    String first = application.account("first", ",\"userId\":\"" + other + "\"");
    String second = application.account("second", ",\"userId\":\"" + user + "\"");
    CompletableFuture<Answer> signalled;
    try (HeldAccount held = new HeldAccount(database, first)) {
      signalled = CompletableFuture.supplyAsync(() -> signal("\"email\":\"" + email + "\""));
      assertThat(held.isWaitedFor()).isTrue();
      assertThat(held.canTake(second)).isTrue();
    }
    assertThat(locked(signalled.join())).containsExactly(account, first, second);
  }

  @Test
  @DisplayName("about an account locks that one")
  void byAccount() {
    application.account("second", ",\"userId\":\"" + user + "\"");
    assertThat(locked(signal("\"accountId\":\"" + account + "\""))).containsExactly(account);
    assertThat(application.isLocked("ana")).isTrue();
    assertThat(application.isLocked("second")).isFalse();
  }

  @Test
  @DisplayName(
      "locks nothing of people who prefer otherwise, and no account that does not allow it")
  void preferences() {
    String careless = company.user("");
    String unlocked = application.account("careless", ",\"userId\":\"" + careless + "\"");
    assertThat(locked(signal("\"accountId\":\"" + unlocked + "\""))).isEmpty();
    assertThat(application.isLocked("careless")).isFalse();
    String nobodys = application.account("nobodys");
    assertThat(locked(signal("\"accountId\":\"" + nobodys + "\""))).isEmpty();
    calls.patch("/api/v1/accounts/" + account, "{\"autoRelockAllowed\":false}").expect(200);
    assertThat(locked(signal("\"accountId\":\"" + account + "\""))).isEmpty();
    assertThat(locked(signal("\"email\":\"nobody@example.com\""))).isEmpty();
  }

  @Test
  @DisplayName("names one of address and account, a source, and what is the company's")
  void refused() {
    assertThat(signal("\"x\":1").expect(400).wrongMembers()).containsExactly("");
    assertThat(
            signal("\"email\":\"" + email + "\",\"accountId\":\"" + account + "\"")
                .expect(400)
                .wrongMembers())
        .containsExactly("");
    assertThat(calls.post(path, "{\"email\":\"no address\"}").expect(400).wrongMembers())
        .containsExactlyInAnyOrder("/email", "/source");
    TestCompany other = TestCompany.create();
    String foreign = "/api/v1/companies/" + other.id() + "/breach-signals";
    String body = "{\"accountId\":\"" + account + "\",\"source\":\"x\"}";
    Problems.expect(other.administrator().post(foreign, body), 404, "not-found");
    Problems.expect(calls.anonymous().post(path, body), 401, "credential-missing");
  }

  private Answer signal(String members) {
    return calls.post(path, "{" + members + ",\"source\":\"leak-watch\"}");
  }

  private static List<String> locked(Answer answer) {
    return answer.expect(200).json().getJsonArray("locked").stream()
        .map(id -> ((JsonString) id).getString())
        .toList();
  }
}
