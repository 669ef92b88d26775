package org.drawbridge.kernel;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Tells the operator, once and in one line, why the start failed. The line goes to the real
 * standard error, past the server's log; the launcher sees the system property and ends the
 * process, because Payara Micro by itself would go on running without the application.
 */
public final class StartFailure {

  /** Set once a start has failed; read by {@code server-config/payara-micro/Start.java}. */
  public static final String PROPERTY = "drawbridge.start.failure";

  private StartFailure() {}

  public static void report(String line) {
    if (System.getProperties().putIfAbsent(PROPERTY, line) != null) {
      return;
    }
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    err.println("Drawbridge cannot start. " + line.replaceAll("\\s+", " "));
  }
}
