package org.drawbridge.kernel;

import org.drawbridge.problem.StaleVersion;
import org.jspecify.annotations.Nullable;

/**
 * Which version a client means to change: the header {@code If-Match} (RFC 9110 section 13.1.1).
 */
public final class IfMatch {

  private IfMatch() {}

  /**
   * Null where the client does not care.
   *
   * @throws StaleVersion for what is no version of anything
   */
  public static @Nullable Long version(@Nullable String header) {
    if (header == null || header.trim().equals("*")) {
      return null;
    }
    String text = header.trim().replaceFirst("^W/", "").replaceAll("^\"|\"$", "");
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw new StaleVersion();
    }
  }

  /**
   * @param expected null for whichever
   * @throws StaleVersion where another one is the current one
   */
  public static void require(@Nullable Long expected, long current) {
    if (expected != null && expected != current) {
      throw new StaleVersion();
    }
  }
}
