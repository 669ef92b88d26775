package org.drawbridge.account.entity;

import java.util.Comparator;
import java.util.stream.Stream;

/** How an account stands, in the words of a check's answer. */
public enum AccountStatus {
  // In the order in which they decide of several.
  LOCKED("The account is locked."),
  UNLOCKED("The account is unlocked."),
  /** The account is unknown, or not enabled. */
  NOT_PROTECTED("The account is not protected.");

  private final String message;

  AccountStatus(String message) {
    this.message = message;
  }

  public static AccountStatus of(boolean locked) {
    return locked ? LOCKED : UNLOCKED;
  }

  /** Of several accounts together: one that is locked decides. */
  public static AccountStatus ofAll(Stream<AccountStatus> statuses) {
    return statuses.min(Comparator.naturalOrder()).orElse(NOT_PROTECTED);
  }

  public String message() {
    return message;
  }
}
