package org.drawbridge.account.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.drawbridge.account.entity.Account;
import org.drawbridge.account.entity.AccountChanged;
import org.drawbridge.account.entity.AccountTaken;
import org.drawbridge.account.entity.LockChange;
import org.drawbridge.company.entity.Application;
import org.drawbridge.kernel.CompanyEvent;
import org.drawbridge.kernel.Ids;
import org.jspecify.annotations.Nullable;

/**
 * Adds accounts. Callers hold the application's row ({@code Applications.lock}), so that of many
 * who add the same account at once, the first adds it and the others find it.
 */
@ApplicationScoped
public class AddingAccounts {

  @Inject Accounts accounts;
  @Inject Event<CompanyEvent> events;
  @Inject Clock clock;

  /**
   * @param locked how it starts; null for what the application says
   * @throws AccountTaken where there is one already
   */
  public Account add(
      Application application, String userAccountId, @Nullable Boolean locked, String actor) {
    if (find(application, userAccountId).isPresent()) {
      throw new AccountTaken();
    }
    Instant now = clock.instant();
    boolean startsLocked = locked == null ? application.startsAccountsLocked() : locked;
    Account account =
        new Account(
            application.companyId(),
            Ids.next(now),
            application.id(),
            userAccountId,
            startsLocked,
            now);
    accounts.add(account);
    accounts.add(LockChange.initial(account, actor));
    events.fire(
        new AccountChanged(
            account.companyId(),
            "account-added",
            account.id(),
            Map.of("application", application.id().toString())));
    return account;
  }

  public Optional<Account> find(Application application, String userAccountId) {
    return accounts.named(application.companyId(), application.id(), userAccountId);
  }
}
