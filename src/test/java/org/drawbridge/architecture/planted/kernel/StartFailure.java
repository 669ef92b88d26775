package org.drawbridge.architecture.planted.kernel;

/** May tell the operator. */
public final class StartFailure {

  private StartFailure() {}

  public static void report(String line) {
    System.err.println(line);
  }
}
