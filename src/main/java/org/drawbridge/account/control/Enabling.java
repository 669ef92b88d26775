package org.drawbridge.account.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.drawbridge.access.DomainCaller;
import org.drawbridge.account.entity.Account;
import org.drawbridge.account.entity.AccountChanged;
import org.drawbridge.account.entity.AccountOwned;
import org.drawbridge.company.control.Applications;
import org.drawbridge.company.entity.Application;
import org.drawbridge.kernel.CompanyEvent;
import org.jspecify.annotations.Nullable;

/** Puts accounts under protection at their application's word. */
@ApplicationScoped
public class Enabling {

  @Inject Applications applications;
  @Inject Accounts accounts;
  @Inject AddingAccounts adding;
  @Inject Event<CompanyEvent> events;

  /** The account, and whether it was added for this. */
  public record Enabled(Account account, boolean isNew) {}

  /** Enables the account that the caller's token names; of many at once, one adds it. */
  public Enabled enable(DomainCaller caller) {
    return enable(caller, account -> {});
  }

  /**
   * The same, for somebody who claims it.
   *
   * @param user null for somebody who is no user yet
   * @throws AccountOwned where it is somebody else's; it stays as it is
   */
  public Account enableFor(DomainCaller caller, @Nullable UUID user) {
    return enable(caller, account -> account.requireClaimable(user)).account();
  }

  private Enabled enable(DomainCaller caller, Consumer<Account> requirement) {
    Application application = applications.get(caller.companyId(), caller.applicationId());
    Optional<Account> known = adding.find(application, caller.subject());
    if (known.isPresent() && known.get().isEnabled()) {
      requirement.accept(known.get());
      return new Enabled(known.get(), false);
    }
    applications.lock(caller.companyId(), caller.applicationId());
    Optional<Account> found = adding.find(application, caller.subject());
    if (found.isEmpty()) {
      return new Enabled(adding.add(application, caller.subject(), null, caller.actor()), true);
    }
    // As it is now: what was read before the wait may have been enabled by who was waited for.
    Account account = accounts.lock(caller.companyId(), found.get().id());
    requirement.accept(account);
    enable(account);
    return new Enabled(account, false);
  }

  /** Enables it again where it is disabled. */
  public void enable(Account account) {
    if (!account.isEnabled()) {
      account.enable(true);
      events.fire(
          new AccountChanged(account.companyId(), "account-enabled", account.id(), Map.of()));
    }
  }
}
