package org.drawbridge.user.control;

/** How phone numbers are written. */
public final class Phone {

  /** ITU-T E.164, with the punctuation that people write. */
  public static final String PATTERN = "\\+?[0-9][0-9 ()./-]{2,30}";

  private Phone() {}
}
