package org.drawbridge.protection.boundary;

import org.drawbridge.kernel.Ids;
import org.drawbridge.protection.entity.Answer;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a check, written by hand: {@code locked} is a JSON boolean, and the text never
 * holds "404" in a row, because a client in the field takes that for a failure and lets the login
 * go on.
 */
final class CheckResponse {

  private CheckResponse() {}

  /**
   * @param number of two digits, for the login page to show; null for none
   */
  static String of(Answer answer, @Nullable Integer number) {
    return "{\"locked\":"
        + answer.locked()
        + ",\"message\":\""
        + answer.status().message()
        + "\","
        + (number == null ? "" : "\"number\":\"" + number + "\",")
        + "\"sessionID\":\""
        + Ids.letters(answer.checkId())
        + "\",\"status\":\""
        + answer.status().name()
        + "\"}";
  }
}
