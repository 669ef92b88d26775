package org.drawbridge.challenge.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.drawbridge.account.control.Accounts;
import org.drawbridge.account.control.RelockRules;
import org.drawbridge.account.entity.Account;

/** The one lock state: what holds for a protected account holds for whom is tracked by its name. */
@ApplicationScoped
public class LockedAccounts {

  @Inject Accounts accounts;
  @Inject RelockRules rules;
  @Inject Clock clock;

  /** Whether any account of that name is locked, at whichever application of the company. */
  boolean contain(UUID companyId, String userId) {
    Instant now = clock.instant();
    return accounts.named(companyId, userId).stream()
        .filter(Account::isEnabled)
        .anyMatch(a -> a.isLockedAt(now, rules.of(companyId, a.userId())));
  }
}
