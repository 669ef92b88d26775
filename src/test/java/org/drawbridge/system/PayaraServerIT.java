package org.drawbridge.system;

import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.util.Map;
import org.drawbridge.testing.MailServer;
import org.drawbridge.testing.PayaraServer;
import org.drawbridge.testing.SharedServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Drawbridge on Payara Server")
class PayaraServerIT implements EveryServer {

  private static PayaraServer server;

  @BeforeAll
  static void start() {
    assumeTrue(PayaraServer.isThere(), "with -Ppayara-server");
    assumeFalse(SharedServer.isOnPostgres(), "once is enough");
    server =
        PayaraServer.start(
            Map.of("TZ", "Asia/Tokyo", "DRAWBRIDGE_SMTP_URL", MailServer.shared().url()));
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
}
