package org.drawbridge.account.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.drawbridge.access.DomainCaller;
import org.drawbridge.account.entity.Account;
import org.drawbridge.account.entity.AccountStatus;
import org.drawbridge.account.entity.Assurance;
import org.drawbridge.account.entity.LockChange;
import org.jspecify.annotations.Nullable;

/**
 * Tells applications how an account stands, for the tokens that they issue. No check: nothing is
 * recorded, and no unlock ends by it.
 */
@ApplicationScoped
public class Vouching {

  @Inject Accounts accounts;
  @Inject RelockRules rules;
  @Inject Clock clock;

  /**
   * @param lastUnlock null where nobody has unlocked it yet
   */
  public record Standing(AccountStatus status, @Nullable Instant lastUnlock, Assurance assurance) {}

  /** Of the account that the caller's token names. */
  public Standing of(DomainCaller caller) {
    return accounts
        .named(caller.companyId(), caller.applicationId(), caller.subject())
        .filter(Account::isEnabled)
        .map(this::of)
        .orElse(new Standing(AccountStatus.NOT_PROTECTED, null, Assurance.NONE));
  }

  private Standing of(Account account) {
    Optional<LockChange> unlock = accounts.latestUnlock(account);
    Instant lastUnlock = unlock.map(LockChange::changedAt).orElse(null);
    return account.isLockedAt(clock.instant(), rules.of(account.companyId(), account.userId()))
        ? new Standing(AccountStatus.LOCKED, lastUnlock, Assurance.NONE)
        : new Standing(
            AccountStatus.UNLOCKED,
            lastUnlock,
            unlock.map(change -> Assurance.of(change.cause())).orElse(Assurance.NONE));
  }
}
