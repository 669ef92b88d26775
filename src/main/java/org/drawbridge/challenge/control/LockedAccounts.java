package org.drawbridge.challenge.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.drawbridge.account.control.Accounts;
import org.drawbridge.account.control.RelockRules;
import org.drawbridge.account.entity.Account;
import org.drawbridge.account.entity.AccountStatus;
import org.drawbridge.challenge.entity.ChallengeUser;

/**
 * The one lock state: what holds for a protected account holds for whom is tracked by its name.
 * That is the user id, or the e-mail address: identity providers know people by both.
 */
@ApplicationScoped
public class LockedAccounts {

  @Inject Accounts accounts;
  @Inject ChallengeUsers users;
  @Inject RelockRules rules;
  @Inject Clock clock;

  /** Whether any account of the user's is locked, at whichever application of the company. */
  boolean contain(ChallengeUser user) {
    return isLocked(named(user));
  }

  /** The same of a user that may not be known. */
  boolean contain(UUID companyId, String userId) {
    return isLocked(named(companyId, userId));
  }

  private boolean isLocked(List<Account> named) {
    return state(named, clock.instant()) == AccountStatus.LOCKED;
  }

  /** The protected accounts that are named as the user is. */
  List<Account> named(ChallengeUser user) {
    return accounts.named(user.companyId(), user.accountNames());
  }

  /** The same of a user that may not be known. */
  List<Account> named(UUID companyId, String userId) {
    return users
        .find(companyId, userId)
        .map(this::named)
        .orElseGet(() -> accounts.named(companyId, userId));
  }

  /** One that is locked decides; those that are not enabled do not count. */
  AccountStatus state(List<Account> named, Instant now) {
    return AccountStatus.ofAll(
        named.stream()
            .filter(Account::isEnabled)
            .map(a -> AccountStatus.of(a.isLockedAt(now, rules.of(a.companyId(), a.userId())))));
  }
}
