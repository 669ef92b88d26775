package org.drawbridge.account.entity;

/** How an account stands, in the words of a check's answer. */
public enum AccountStatus {
  LOCKED("The account is locked."),
  UNLOCKED("The account is unlocked."),
  /** The account is unknown, or not enabled. */
  NOT_PROTECTED("The account is not protected.");

  private final String message;

  AccountStatus(String message) {
    this.message = message;
  }

  public String message() {
    return message;
  }
}
