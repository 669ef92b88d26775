package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.net.URI;
import java.util.Map;
import org.drawbridge.testing.RawRequest;
import org.drawbridge.testing.SharedServer;
import org.drawbridge.testing.WildFlyServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Drawbridge on WildFly")
class WildFlyIT implements EveryServer {

  private static WildFlyServer server;

  @BeforeAll
  static void start() {
    assumeFalse(SharedServer.isOnPostgres(), "once is enough");
    // Micro is started in UTC; an operator's WildFly may be anywhere.
    server = WildFlyServer.start(Map.of("TZ", "Asia/Tokyo"));
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
}
