package org.drawbridge.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.HashMap;
import java.util.Map;

/**
 * The one server that all black-box tests of a run share, on the database that {@code
 * -Ddrawbridge.test.database} names: {@code h2} (embedded) or {@code postgresql}. Started at the
 * first use, ended with the JVM.
 */
public final class SharedServer {

  private static RunningServer server;
  private static Map<String, String> settings = Map.of();
  private static boolean isTried;

  private SharedServer() {}

  public static synchronized RunningServer get() {
    if (server == null) {
      if (isTried) {
        throw new IllegalStateException(
            "The shared server did not start; an earlier test says why");
      }
      isTried = true;
      settings = settings();
      server = RunningServer.start(settings);
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    }
    return server;
  }

  /** Calls without any credential. */
  public static HttpCalls anonymous() {
    return get().calls();
  }

  /** Calls of the platform administrator. */
  public static HttpCalls platform() {
    return get().calls().bearer(RunningServer.BOOTSTRAP_TOKEN);
  }

  public static boolean isOnPostgres() {
    return "postgresql".equals(System.getProperty("drawbridge.test.database", "h2"));
  }

  /**
   * The database under it, to make time pass for a row; a test that needs it is skipped on the
   * embedded one, which the server alone can open.
   */
  public static TestDatabase database() {
    get();
    assumeTrue(settings.containsKey("DRAWBRIDGE_DB_URL"), "the database is the server's alone");
    return new TestDatabase(settings);
  }

  private static Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("DRAWBRIDGE_AUDIENCES", "localhost,api.drawbridge.test");
    settings.put("DRAWBRIDGE_DNS_SERVER", DnsResponder.shared().url());
    settings.put("DRAWBRIDGE_SMTP_URL", MailServer.shared().url());
    settings.put("DRAWBRIDGE_SMS_URL", SmsGateway.shared().url());
    settings.put("DRAWBRIDGE_PRIVATE_HOSTS", "localhost");
    if (isOnPostgres() && System.getenv("DRAWBRIDGE_DB_URL") == null) {
      settings.putAll(Postgres.shared().newDatabase());
    }
    return settings;
  }
}
