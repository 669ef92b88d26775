package org.drawbridge.kernel;

/** A start-up setting cannot be used; the message is one line that names it, and no secret. */
public final class BadSetting extends RuntimeException {

  public BadSetting(String setting, String why) {
    super(setting + ": " + why, null, false, false);
  }
}
