package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.drawbridge.testing.Await;
import org.drawbridge.testing.HttpCalls;
import org.drawbridge.testing.HttpCalls.Answer;
import org.drawbridge.testing.MailServer;
import org.drawbridge.testing.RawRequest;
import org.drawbridge.testing.RunningServer;
import org.drawbridge.testing.SharedServer;
import org.drawbridge.testing.TestPerson;
import org.drawbridge.testing.WildFlyServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Drawbridge on WildFly")
class WildFlyIT implements EveryServer {

  private static final String PUBLIC_URL = "https://bridge.example.com";

  private static WildFlyServer server;

  @BeforeAll
  static void start() {
    assumeFalse(SharedServer.isOnPostgres(), "once is enough");
    // Micro is started in UTC; an operator's WildFly may be anywhere, and is behind TLS. Mail goes
    // out, SMS stay.
    server =
        WildFlyServer.start(
            Map.of(
                "TZ",
                "Asia/Tokyo",
                "DRAWBRIDGE_PUBLIC_URL",
                PUBLIC_URL,
                "DRAWBRIDGE_AUDIENCES",
                "localhost",
                "DRAWBRIDGE_SMTP_URL",
                MailServer.shared().url()));
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Override
  public URI url() {
    return server.url();
  }

  // Payara answers this by itself, with an empty 200, before the application sees it.
  @Test
  @DisplayName("a malformed escape in the path gets a problem, 400")
  void malformedEscape() {
    assertThat(RawRequest.get(url(), "/api/v1/accounts/%zz", ""))
        .startsWith("HTTP/1.1 400 ")
        .contains("application/problem+json");
  }

  @Test
  @DisplayName("keeps SMS in the outbox where no gateway is set, for its administrator to read")
  void localOutbox() {
    HttpCalls platform = server.calls().bearer(RunningServer.BOOTSTRAP_TOKEN);
    platform.post("/api/v1/outbox/test", "{\"phone\":\"+4930901820\"}").expect(202);
    Supplier<JsonObject> message =
        () ->
            platform
                .get("/api/v1/outbox")
                .expect(200)
                .json()
                .getJsonArray("items")
                .getValuesAs(JsonObject.class)
                .stream()
                .filter(m -> m.getString("recipient").equals("+4930901820"))
                .findFirst()
                .orElseThrow();
    Await.until(Duration.ofSeconds(30), () -> message.get().getString("status").equals("SENT"));
    assertThat(message.get().getString("status")).isEqualTo("SENT");
    assertThat(message.get().getString("sentDate")).isNotEmpty();
    assertThat(message.get().getString("body"))
        .contains("The administrator of " + PUBLIC_URL + " asked for this test message.");
    assertThat(message.get().getInt("tries")).isZero();
    assertThat(message.get().isNull("subject")).isTrue();
  }

  @Test
  @DisplayName("behind TLS, signs in with a cookie that no neighbouring host can set")
  void cookieBehindTls() {
    TestPerson ana = TestPerson.at(application());
    ana.register();
    ana.signUp().expect(200);
    ana.confirm(ana.mailedCode()).expect(200);
    ana.authenticator().origin = PUBLIC_URL;
    Answer signedIn = TestPerson.SignIn.of(server.calls()).finish(ana.authenticator()).expect(201);
    String cookie = signedIn.header("Set-Cookie");
    assertThat(cookie).startsWith("__Host-drawbridge-session=");
    assertThat(cookie.split("; ?"))
        .contains("HttpOnly", "Secure", "SameSite=Lax", "Path=/")
        .noneMatch(attribute -> attribute.startsWith("Domain"));
    HttpCalls session = server.calls().with("Cookie", cookie.substring(0, cookie.indexOf(';')));
    session.get("/api/v1/me").expect(200);
    Answer ended =
        session
            .with("x-drawbridge-csrf", signedIn.json().getString("csrfToken"))
            .delete("/api/v1/me/sessions/current")
            .expect(204);
    assertThat(ended.header("Set-Cookie").split("; ?"))
        .contains("__Host-drawbridge-session=", "Max-Age=0", "Secure", "Path=/");
  }
}
