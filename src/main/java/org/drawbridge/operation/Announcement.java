package org.drawbridge.operation;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.drawbridge.company.control.BootstrapToken;
import org.drawbridge.kernel.Settings;

/**
 * Says in five lines where the service is, how to sign in and what to try. The lines go to the real
 * standard output, past the server's log, because the first start's hold the bootstrap token.
 *
 * <p>Where our launcher started the server, it prints the lines itself, once requests are served.
 */
@Singleton
@Startup
@DependsOn("Migration")
public class Announcement {

  /** Holds the lines for the launcher, which takes them away. */
  public static final String PROPERTY = "drawbridge.announcement";

  private static final String LAUNCHED = "drawbridge.launcher";

  @Inject BootstrapToken bootstrap;

  @PostConstruct
  void announce() {
    String lines = lines(Settings.current());
    if (Boolean.getBoolean(LAUNCHED)) {
      System.setProperty(PROPERTY, lines);
    } else {
      new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)
          .println(lines);
    }
  }

  private String lines(Settings settings) {
    String url = settings.publicUrl().toString();
    String signIn =
        settings.bootstrapToken().isPresent()
            ? "Authorization: Bearer <your DRAWBRIDGE_BOOTSTRAP_TOKEN>"
            : bootstrap
                .fresh()
                .map(token -> "Authorization: Bearer " + token + "  (shown this once: keep it)")
                .orElse(
                    "Authorization: Bearer <the token of the first start>  (lost? delete "
                        + settings.dataDir().resolve(BootstrapToken.FILE)
                        + " and start again)");
    return String.join(
        System.lineSeparator(),
        "Drawbridge " + Build.version() + " is up: " + url,
        "Data:    " + settings.databasePlace(),
        "Sign in: " + signIn,
        "Try:     curl " + url + "/health/ready    then the first steps at " + url + "/",
        "Stop:    Ctrl-C");
  }
}
