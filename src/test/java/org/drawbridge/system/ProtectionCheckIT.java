package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.testing.DomainToken;
import org.drawbridge.testing.HttpCalls.Answer;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A protection check")
class ProtectionCheckIT {

  private final TestApplication application = TestCompany.create().application();

  @Test
  @DisplayName("answers whether the account is locked, as a JSON boolean, with the session's id")
  void answersLockState() {
    String account = application.account("ana");
    assertThat(application.check("ana").expect(200).text())
        .matches(
            "\\{\"locked\":false,\"message\":\"[^\"]+\",\"sessionID\":\"[a-z]+\",\"status\":\"UNLOCKED\"}");
    application.lock(account);
    Answer locked = application.check("ana").expect(200);
    assertThat(locked.json().getBoolean("locked")).isTrue();
    assertThat(locked.json().getString("status")).isEqualTo("LOCKED");
    application.unlock(account);
    assertThat(application.isLocked("ana")).isFalse();
  }

  @Test
  @DisplayName("repeated with the same jti is answered as the first time, and recorded once")
  void retry() {
    String user = application.company().user(",\"autoLockOnAttempt\":true");
    String account = application.account("ben", ",\"userId\":\"" + user + "\"");
    DomainToken token = application.token("ben");
    String compactTwice = token.compact();
    assertThat(compactTwice).isNotEmpty();
    assertThat(application.isLocked("ben")).isFalse();
    assertThat(application.isLocked("ben")).isTrue();
    assertThat(account).isNotEmpty();
  }
}
