package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import org.drawbridge.testing.DomainToken;
import org.drawbridge.testing.HttpCalls;
import org.drawbridge.testing.HttpCalls.Answer;
import org.drawbridge.testing.Simultaneously;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A protection check repeated with the same jti")
class RetriedCheckIT {

  private static final String CHECK = "/v1/AccountProtectionCheck";

  private final TestApplication application = TestCompany.create().application();

  private final String user = application.company().user(",\"autoLockOnAttempt\":true");
  private final String account = application.account("ben", ",\"userId\":\"" + user + "\"");

  @Test
  @DisplayName("is answered as the first time, counted once, and no second use of the unlock")
  void sameAnswer() {
    DomainToken token = application.token("ben");
    String first = application.check(token).expect(200).text();
    assertThat(first).contains("\"locked\":false");
    assertThat(application.check(token).expect(200).text()).isEqualTo(first);
    assertThat(application.isLocked("ben")).isTrue();
    assertThat(application.check(token).expect(200).text()).isEqualTo(first);
    assertThat(application.checks(account, "")).hasSize(2);
    JsonObject shown =
        application.company().administrator().get("/api/v1/accounts/" + account).json();
    assertThat(shown.getInt("userAccountAllowedCount")).isEqualTo(1);
    assertThat(shown.getInt("userAccountBlockedCount")).isEqualTo(1);
  }

  @Test
  @DisplayName("in another token, or at the other path, is a retry as well")
  void otherToken() {
    DomainToken token = application.token("ben").claim("jti", "one");
    String first = application.check(token).expect(200).text();
    DomainToken again =
        application
            .token("ben")
            .claim("jti", "one")
            .claim("exp", Instant.now().getEpochSecond() + 200);
    assertThat(application.check(again).expect(200).text()).isEqualTo(first);
    assertThat(
            application
                .calls(again)
                .post("/nl3/api/v1/accountProtectionCheck", "{}")
                .expect(200)
                .text())
        .isEqualTo(first);
    assertThat(application.checks(account, "")).hasSize(1);
  }

  @Test
  @DisplayName("leaves a later unlock untouched")
  void laterUnlock() {
    DomainToken token = application.token("ben");
    assertThat(application.check(token).json().getBoolean("locked")).isFalse();
    application.unlock(account);
    assertThat(application.check(token).json().getBoolean("locked")).isFalse();
    assertThat(application.isLocked("ben")).isFalse();
    assertThat(application.isLocked("ben")).isTrue();
  }

  @Test
  @DisplayName("is locked where an administrator has locked the account since")
  void lockedMeanwhile() {
    DomainToken token = application.token("ben");
    JsonObject first = application.check(token).expect(200).json();
    assertThat(first.getBoolean("locked")).isFalse();
    application.lock(account);
    JsonObject again = application.check(token).expect(200).json();
    assertThat(again.getBoolean("locked")).isTrue();
    assertThat(again.getString("status")).isEqualTo("LOCKED");
    assertThat(application.checks(account, "")).hasSize(1);
  }

  @Test
  @DisplayName("is locked where a breach became known since, though the check had locked already")
  void breachedMeanwhile() {
    HttpCalls administrator = application.company().administrator();
    administrator.patch("/api/v1/users/" + user, "{\"autoLockOnBreach\":true}").expect(200);
    DomainToken token = application.token("ben");
    assertThat(application.check(token).json().getBoolean("locked")).isFalse();
    Answer signal =
        administrator.post(
            "/api/v1/companies/" + application.company().id() + "/breach-signals",
            "{\"accountId\":\"" + account + "\",\"source\":\"leak-watch\"}");
    assertThat(signal.expect(200).json().getJsonArray("locked")).isEmpty();
    assertThat(application.check(token).json().getBoolean("locked")).isTrue();
    assertThat(application.lockChanges(account).get(0).getString("cause"))
        .isEqualTo("AUTO_LOCK_ON_ATTEMPT");
  }

  @Test
  @DisplayName("is locked where another check's own auto-lock has locked the account since")
  void lockedByAnotherCheck() {
    DomainToken first = application.token("ben");
    assertThat(application.check(first).json().getBoolean("locked")).isFalse();
    application.unlock(account);
    assertThat(application.isLocked("ben")).isFalse();
    assertThat(application.check(first).json().getBoolean("locked")).isTrue();
  }

  @Test
  @DisplayName("of a blocked login is blocked again, also after an unlock")
  void blocked() {
    application.lock(account);
    DomainToken token = application.token("ben");
    String first = application.check(token).expect(200).text();
    assertThat(first).contains("\"locked\":true");
    application.unlock(account);
    assertThat(application.check(token).expect(200).text()).isEqualTo(first);
    assertThat(application.isLocked("ben")).isFalse();
  }

  @Test
  @DisplayName("about another account is no retry")
  void otherAccount() {
    String cleo = application.account("cleo");
    String first = application.check(application.token("ben").claim("jti", "j")).text();
    application.lock(cleo);
    Answer second = application.check(application.token("cleo").claim("jti", "j")).expect(200);
    assertThat(second.json().getBoolean("locked")).isTrue();
    assertThat(second.text()).isNotEqualTo(first);
    assertThat(application.checks(cleo, "")).hasSize(1);
    assertThat(application.checks(account, "")).hasSize(1);
  }

  @Test
  @DisplayName("at another application is no retry")
  void otherApplication() {
    TestApplication other = application.company().application();
    String there = other.account("ben");
    application.check(application.token("ben").claim("jti", "j")).expect(200);
    other.check(other.token("ben").claim("jti", "j")).expect(200);
    assertThat(application.checks(there, "")).hasSize(1);
    assertThat(application.checks(account, "")).hasSize(1);
  }

  @Test
  @DisplayName("twenty times at once is one check")
  void simultaneous() {
    HttpCalls calls = application.calls("ben");
    List<String> answers = Simultaneously.call(20, i -> calls.post(CHECK, "{}").expect(200).text());
    assertThat(new HashSet<>(answers)).hasSize(1);
    assertThat(answers.get(0)).contains("\"locked\":false");
    assertThat(application.checks(account, "")).hasSize(1);
  }

  @Test
  @DisplayName("and without a jti, every check counts")
  void withoutJti() {
    DomainToken token = application.token("ben").without("jti");
    assertThat(application.check(token).json().getBoolean("locked")).isFalse();
    assertThat(application.check(token).json().getBoolean("locked")).isTrue();
    assertThat(application.checks(account, "")).hasSize(2);
  }
}
