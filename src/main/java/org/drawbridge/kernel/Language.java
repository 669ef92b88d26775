package org.drawbridge.kernel;

import java.util.Locale;

/** A language that people are written to in. */
public enum Language {
  EN(Locale.ENGLISH),
  DE(Locale.GERMAN);

  /** What {@link #tag} answers, for the validation of what callers send. */
  public static final String TAGS = "en|de";

  private final Locale locale;

  Language(Locale locale) {
    this.locale = locale;
  }

  /**
   * @param tag one of {@link #TAGS} (BCP 47)
   * @throws IllegalArgumentException for any other
   */
  public static Language of(String tag) {
    return valueOf(tag.toUpperCase(Locale.ROOT));
  }

  public String tag() {
    return locale.getLanguage();
  }

  public Locale locale() {
    return locale;
  }
}
