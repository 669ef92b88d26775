package org.drawbridge.protection.boundary;

import org.drawbridge.kernel.Ids;
import org.drawbridge.protection.entity.Answer;

/**
 * The answer to a check, written by hand: {@code locked} is a JSON boolean, and the text never
 * holds "404" in a row, because a client in the field takes that for a failure and lets the login
 * go on.
 */
final class CheckResponse {

  private CheckResponse() {}

  static String of(Answer answer) {
    return "{\"locked\":"
        + answer.locked()
        + ",\"message\":\""
        + answer.status().message()
        + "\",\"sessionID\":\""
        + Ids.letters(answer.checkId())
        + "\",\"status\":\""
        + answer.status().name()
        + "\"}";
  }
}
