package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.UUID;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A protection check of an account that is not protected")
class UnprotectedAccountIT {

  private final TestApplication application = TestCompany.create().application();

  @Test
  @DisplayName("is allowed, unless the application denies unknown accounts")
  void unknown() {
    assertThat(outcome("nobody")).isEqualTo("NOT_PROTECTED false");
    patch("{\"unknownAccount\":\"DENY\"}");
    assertThat(outcome("nobody")).isEqualTo("NOT_PROTECTED true");
    patch("{\"unknownAccount\":\"ALLOW\"}");
    assertThat(outcome("nobody")).isEqualTo("NOT_PROTECTED false");
  }

  @Test
  @DisplayName("follows the same setting when the account is known but not enabled, locked or not")
  void disabled() {
    String account = application.account("ana", ",\"enabled\":false");
    assertThat(outcome("ana")).isEqualTo("NOT_PROTECTED false");
    application.lock(account);
    assertThat(outcome("ana")).isEqualTo("NOT_PROTECTED false");
    patch("{\"unknownAccount\":\"DENY\"}");
    assertThat(outcome("ana")).isEqualTo("NOT_PROTECTED true");
    application
        .company()
        .administrator()
        .patch("/api/v1/accounts/" + account, "{\"enabled\":true}")
        .expect(200);
    assertThat(outcome("ana")).isEqualTo("LOCKED true");
    application.unlock(account);
    assertThat(outcome("ana")).isEqualTo("UNLOCKED false");
  }

  @Test
  @DisplayName("can be told so when the application is added")
  void fromTheStart() {
    TestApplication strict =
        application
            .company()
            .application(
                "https://x-" + UUID.randomUUID() + ".test", ",\"unknownAccount\":\"DENY\"");
    assertThat(strict.isLocked("nobody")).isTrue();
  }

  private String outcome(String subject) {
    JsonObject answer = application.check(subject).expect(200).json();
    return answer.getString("status") + " " + answer.getBoolean("locked");
  }

  private void patch(String json) {
    application
        .company()
        .administrator()
        .patch("/api/v1/applications/" + application.id(), json)
        .expect(200);
  }
}
