package org.drawbridge.user.control;

import java.util.Locale;
import org.drawbridge.kernel.Vault;

/**
 * Codes that people write down and type: groups of four letters and digits that are not taken for
 * one another, of five random bits each.
 */
final class CodeText {

  private static final String SYMBOLS = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final int GROUP = 4;

  private CodeText() {}

  static String random(Vault vault, int groups) {
    byte[] random = vault.randomBytes(groups * GROUP);
    StringBuilder code = new StringBuilder();
    for (int i = 0; i < random.length; i++) {
      if (i > 0 && i % GROUP == 0) {
        code.append('-');
      }
      code.append(SYMBOLS.charAt(random[i] & 0x1f));
    }
    return code.toString();
  }

  /** However somebody types it: capitals, blanks and dashes do not matter. */
  static String plain(String typed) {
    return typed.toLowerCase(Locale.ROOT).replaceAll("[^0-9a-z]", "");
  }
}
