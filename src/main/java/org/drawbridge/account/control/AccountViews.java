package org.drawbridge.account.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.drawbridge.account.control.RecordedChecks.Counts;
import org.drawbridge.account.entity.Account;
import org.drawbridge.account.entity.AccountGroup;
import org.drawbridge.account.entity.LockChange;
import org.drawbridge.company.control.Applications;
import org.drawbridge.company.entity.Application;
import org.drawbridge.company.entity.Domain;

/** Shows accounts, as they are now, with everything that belongs to them. */
@ApplicationScoped
public class AccountViews {

  private static final int HISTORY = 10;

  @Inject Accounts accounts;
  @Inject Applications applications;
  @Inject Groups groups;
  @Inject RecordedChecks checks;
  @Inject RelockRules rules;
  @Inject Clock clock;

  public AccountView of(Account account) {
    return of(account.companyId(), List.of(account)).get(0);
  }

  /** All of one company. */
  public List<AccountView> of(UUID companyId, List<Account> shown) {
    List<UUID> ids = shown.stream().map(Account::id).toList();
    Map<UUID, List<AccountGroup>> groupsOf = groups.of(companyId, ids);
    Map<UUID, Counts> countsOf = checks.counts(companyId, ids);
    Map<UUID, Application> seen = new HashMap<>();
    Instant now = clock.instant();
    return shown.stream()
        .map(
            account -> {
              Application application =
                  seen.computeIfAbsent(
                      account.applicationId(), id -> applications.get(companyId, id));
              Counts count = countsOf.getOrDefault(account.id(), Counts.NONE);
              return new AccountView(
                  account.id(),
                  application.name(),
                  application.id(),
                  Domain.of(application),
                  account.userAccountId(),
                  account.userId(),
                  account.isEnabled(),
                  account.isLockedAt(now, rules.of(companyId, account.userId())),
                  account.isLockedByPolicy(),
                  account.isAutoRelockAllowed(),
                  groupsOf.getOrDefault(account.id(), List.of()).stream()
                      .map(GroupView::of)
                      .toList(),
                  count.allowed(),
                  count.blocked(),
                  history(account));
            })
        .toList();
  }

  private List<String> history(Account account) {
    return accounts.lockChanges(account, HISTORY).stream().map(LockChange::toString).toList();
  }
}
