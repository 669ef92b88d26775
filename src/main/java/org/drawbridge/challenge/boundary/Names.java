package org.drawbridge.challenge.boundary;

import java.util.List;
import org.drawbridge.kernel.Storable;
import org.drawbridge.problem.Malformed;
import org.drawbridge.problem.MemberError;

/** Names in addresses; each refusal says which is wrong. */
final class Names {

  /** What the code of an action looks like. */
  static final String ACTION = "[A-Za-z0-9_.:-]{1,64}";

  private static final int MAX_LENGTH = 255;

  private Names() {}

  /**
   * Whatever the company's identity provider gives, such as {@code auth0|5f7c8ec7c33c6c004bbafe}.
   */
  static String userId(String given) {
    return any("userId", given);
  }

  static String idempotencyKey(String given) {
    return any("idempotencyKey", given);
  }

  /** Such as {@code auth0-login}. */
  static String action(String given) {
    if (!given.matches(ACTION)) {
      throw wrong("action", "must be 1 to 64 letters, digits and _.:-");
    }
    return given;
  }

  private static String any(String member, String given) {
    if (given.isBlank() || given.length() > MAX_LENGTH || !Storable.isStorable(given)) {
      throw wrong(member, "must be 1 to " + MAX_LENGTH + " characters");
    }
    return given;
  }

  private static Malformed wrong(String member, String what) {
    return new Malformed(List.of(MemberError.at(member, what)));
  }
}
