package org.drawbridge.kernel;

/** Which text a database can keep: no NUL (PostgreSQL refuses it) and no half surrogate pair. */
public final class Storable {

  private Storable() {}

  public static boolean isStorable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || isHalfPair(text, i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The text with what cannot be kept replaced by U+FFFD, cut to at most {@code max} characters (1
   * or more).
   */
  public static String fitted(String text, int max) {
    String cut = text;
    if (text.length() > max) {
      boolean splitsPair = Character.isHighSurrogate(text.charAt(max - 1));
      cut = text.substring(0, splitsPair ? max - 1 : max);
    }
    if (isStorable(cut)) {
      return cut;
    }
    StringBuilder kept = new StringBuilder(cut.length());
    for (int i = 0; i < cut.length(); i++) {
      char c = cut.charAt(i);
      kept.append(c == 0 || isHalfPair(cut, i) ? '\ufffd' : c);
    }
    return kept.toString();
  }

  private static boolean isHalfPair(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }
}
