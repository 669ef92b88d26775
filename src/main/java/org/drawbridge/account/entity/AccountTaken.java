package org.drawbridge.account.entity;

import org.drawbridge.problem.Kind;
import org.drawbridge.problem.Refusal;

/** The application has an account with this {@code userAccountId} already. */
public final class AccountTaken extends Refusal {

  public AccountTaken() {
    super(
        Kind.CONFLICT,
        "account-taken",
        "The application has an account with this userAccountId already.");
  }
}
