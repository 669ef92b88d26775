package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.drawbridge.testing.HttpCalls.Answer;
import org.drawbridge.testing.Simultaneously;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A protection check")
class ProtectionCheckIT {

  private static final String CHECK = "/v1/AccountProtectionCheck";

  private final TestApplication application = TestCompany.create().application();

  @ParameterizedTest
  @DisplayName("is answered, at either path, with exactly locked, message, sessionID and status")
  @ValueSource(strings = {CHECK, "/nl3/api/v1/accountProtectionCheck"})
  void shape(String path) {
    String account = application.account("ana");
    Answer unlocked = application.calls("ana").post(path, "{}").expect(200);
    assertThat(unlocked.contentType()).startsWith("application/json");
    assertThat(unlocked.text())
        .matches(
            "\\{\"locked\":false,\"message\":\"[^\"]+\",\"sessionID\":\"[a-z]+\",\"status\":\"UNLOCKED\"}");
    application.lock(account);
    assertThat(application.calls("ana").post(path, "{}").expect(200).text())
        .matches(
            "\\{\"locked\":true,\"message\":\"[^\"]+\",\"sessionID\":\"[a-z]+\",\"status\":\"LOCKED\"}");
    application.unlock(account);
    assertThat(application.isLocked("ana")).isFalse();
  }

  @Test
  @DisplayName("has a session id of letters, which is the id of the recorded check")
  void sessionId() {
    String account = application.account("ana");
    Set<String> sessions = new HashSet<>();
    for (int i = 0; i < 30; i++) {
      Answer answer = application.check("ana").expect(200);
      assertThat(answer.text()).doesNotContain("404");
      String session = answer.json().getString("sessionID");
      assertThat(session).matches("[a-z]{20,}");
      sessions.add(session);
    }
    assertThat(sessions).hasSize(30);
    assertThat(
            application.checks(account, "?pageSize=200").stream()
                .map(c -> c.getString("sessionID")))
        .containsExactlyInAnyOrderElementsOf(sessions);
  }

  @Test
  @DisplayName("never has 404 in its answer, not even for an account whose name holds it")
  void no404() {
    String subject = "404-404@example404.com";
    String account = application.account(subject);
    application.lock(account);
    for (int i = 0; i < 20; i++) {
      assertThat(application.check(subject).expect(200).text()).doesNotContain("404");
    }
    assertThat(application.check("unknown-404").expect(200).text()).doesNotContain("404");
  }

  @Test
  @DisplayName("is listed newest first, in pages")
  void listed() {
    String account = application.account("ana");
    String first = application.check("ana").json().getString("sessionID");
    application.check("ana").expect(200);
    String third = application.check("ana").json().getString("sessionID");
    assertThat(application.checks(account, "?pageSize=1").get(0).getString("sessionID"))
        .isEqualTo(third);
    assertThat(application.checks(account, "?pageSize=2&page=1").get(0).getString("sessionID"))
        .isEqualTo(first);
    JsonObject page =
        application
            .company()
            .administrator()
            .get("/api/v1/accounts/" + account + "/checks?pageSize=2")
            .json();
    assertThat(page.getInt("totalItems")).isEqualTo(3);
    assertThat(page.getInt("totalPages")).isEqualTo(2);
    assertThat(page.getBoolean("last")).isFalse();
  }

  @Test
  @DisplayName("is recorded before it is answered, whatever the number at once")
  void durable() {
    String account = application.account("ana");
    List<String> sessions =
        Simultaneously.call(
            32, i -> application.check("ana").expect(200).json().getString("sessionID"));
    assertThat(
            application.checks(account, "?pageSize=200").stream()
                .map(c -> c.getString("sessionID")))
        .containsExactlyInAnyOrderElementsOf(sessions);
  }
}
