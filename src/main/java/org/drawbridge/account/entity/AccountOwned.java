package org.drawbridge.account.entity;

import org.drawbridge.problem.Kind;
import org.drawbridge.problem.Refusal;

/** An account has one owner; who else claims it needs an administrator. */
public final class AccountOwned extends Refusal {

  public AccountOwned() {
    super(
        Kind.CONFLICT,
        "account-owned",
        "This account has an owner already. If that is you, sign in; if not, ask your administrator.");
  }
}
