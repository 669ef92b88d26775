package org.drawbridge.kernel;

/** Phone numbers as they are dialled. */
public final class Dialling {

  private Dialling() {}

  /** A {@link PhoneNumber} without the punctuation that people write. */
  public static String digits(String phone) {
    return phone.replaceAll("[^+0-9]", "");
  }
}
