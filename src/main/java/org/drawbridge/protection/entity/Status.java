package org.drawbridge.protection.entity;

/** What a check found, as the answer's {@code status} says it. */
public enum Status {
  LOCKED("The account is locked."),
  UNLOCKED("The account is unlocked."),
  /** The account is unknown, or not enabled. */
  NOT_PROTECTED("The account is not protected.");

  private final String message;

  Status(String message) {
    this.message = message;
  }

  public String message() {
    return message;
  }
}
