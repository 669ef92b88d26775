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

/** The one lock state: what holds for a protected account holds for whom is tracked by its name. */
@ApplicationScoped
public class LockedAccounts {

  @Inject Accounts accounts;
  @Inject RelockRules rules;
  @Inject Clock clock;

  /** Whether any account of that name is locked, at whichever application of the company. */
  boolean contain(UUID companyId, String userId) {
    return state(named(companyId, userId), clock.instant()) == AccountStatus.LOCKED;
  }

  /** The protected accounts of that name. */
  List<Account> named(UUID companyId, String userId) {
    return accounts.named(companyId, userId);
  }

  /** One that is locked decides; those that are not enabled do not count. */
  AccountStatus state(List<Account> named, Instant now) {
    return AccountStatus.ofAll(
        named.stream()
            .filter(Account::isEnabled)
            .map(a -> AccountStatus.of(a.isLockedAt(now, rules.of(a.companyId(), a.userId())))));
  }
}
