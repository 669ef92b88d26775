package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.testing.TestJson.JSON;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import org.drawbridge.testing.Auth0Tenant;
import org.drawbridge.testing.SharedServer;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An Auth0 tenant with a post-login Action")
class Auth0ActionIT {

  private static final String OURS = "src/main/auth0/post-login/action.js";
  private static final String AS_THE_GUIDE_PRINTS_IT = "src/test/auth0/guide-action.js";

  private final TestApplication application = TestCompany.create().application();

  @ParameterizedTest
  @ValueSource(strings = {OURS, AS_THE_GUIDE_PRINTS_IT})
  @DisplayName("denies a locked account and, after an unlock, allows the very next login")
  void lockedThenUnlocked(String action) {
    Auth0Tenant tenant = new Auth0Tenant(SharedServer.get(), Path.of(action), application);
    String account = application.account("ana@example.com");
    assertAllowed(tenant.login("ana@example.com"));
    application.lock(account);
    JsonObject denied = tenant.login("ana@example.com");
    assertThat(denied.getBoolean("denied")).as(denied.toString()).isTrue();
    assertThat(denied.getString("reason")).isEqualTo("Login failed");
    application.unlock(account);
    assertAllowed(tenant.login("ana@example.com"));
  }

  @Test
  @DisplayName("records where the person came from, as Auth0 knows it")
  void recordsLogin() {
    Auth0Tenant tenant = new Auth0Tenant(SharedServer.get(), Path.of(OURS), application);
    String account = application.account("ben@example.com");
    assertAllowed(tenant.login("ben@example.com"));
    JsonObject check =
        application
            .company()
            .administrator()
            .get("/api/v1/accounts/" + account + "/checks")
            .expect(200)
            .json()
            .getJsonArray("items")
            .getJsonObject(0);
    assertThat(check.getString("integrationType")).isEqualTo("auth0");
    assertThat(check.getString("userIP")).isNotBlank();
    assertThat(check.getString("integrationData")).contains("\"ip\"");
  }

  @Test
  @DisplayName(
      "whose first answer is lost asks again with the same token, and uses one unlock once")
  void lostAnswer() {
    Auth0Tenant tenant = new Auth0Tenant(SharedServer.get(), Path.of(OURS), application);
    String user = application.company().user(",\"autoLockOnAttempt\":true");
    application.account("eve@example.com", ",\"userId\":\"" + user + "\"");
    JsonObject login =
        tenant.login(
            "eve@example.com",
            JSON.createObjectBuilder()
                .add("fault", JSON.createObjectBuilder().add("kind", "cut").add("times", 1)));
    assertAllowed(login);
    assertThat(login.getInt("requests")).isEqualTo(2);
    assertThat(login.getBoolean("sameJti")).isTrue();
    assertThat(tenant.login("eve@example.com").getBoolean("denied")).isTrue();
  }

  @Test
  @DisplayName("is held to every rule of the Action by its own tests")
  void nodeTests() {
    assumeFalse(SharedServer.isOnPostgres(), "They do not touch the server: once is enough");
    assertThat(Auth0Tenant.runNodeTests()).contains("fail 0");
  }

  private static void assertAllowed(JsonObject login) {
    assertThat(login.getBoolean("denied")).as(login.toString()).isFalse();
    assertThat(login.isNull("error")).as(login.toString()).isTrue();
  }
}
