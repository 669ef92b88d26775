package org.drawbridge.auth0.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.drawbridge.access.DomainCaller;
import org.drawbridge.account.control.Accounts;
import org.drawbridge.account.control.Locking;
import org.drawbridge.account.control.Vouching;
import org.drawbridge.account.entity.Account;
import org.drawbridge.account.entity.AccountChanged;
import org.drawbridge.account.entity.AccountStatus;
import org.drawbridge.company.control.Applications;
import org.drawbridge.company.control.Companies;
import org.drawbridge.kernel.CompanyEvent;
import org.drawbridge.kernel.Notice;
import org.drawbridge.kernel.Recipient;
import org.drawbridge.signal.control.LockingOnBreach;
import org.drawbridge.user.control.Recipients;
import org.drawbridge.user.control.Users;
import org.drawbridge.user.entity.User;
import org.jspecify.annotations.Nullable;

/**
 * Follows up when an account's password was changed: an unlock that would have ended by itself ends
 * now, the owner is told on every channel, and where the password was breached, the account is
 * locked if its owner prefers that.
 */
@ApplicationScoped
public class ChangingPasswords {

  private static final String CHANGED = "password-changed";
  private static final String BREACHED = "password-breached";

  /**
   * That a password was known to others. Identity providers keep it with the person, and repeat it
   * at each later change: the same breach counts once.
   *
   * @param foundAt null where nobody has written it down
   */
  public record Breach(@Nullable Instant foundAt) {

    private String name() {
      return foundAt == null ? "" : foundAt.toString();
    }
  }

  @Inject Accounts accounts;
  @Inject Locking locking;
  @Inject LockingOnBreach breaches;
  @Inject Vouching vouching;
  @Inject AnsweredCalls calls;
  @Inject Users users;
  @Inject Recipients recipients;
  @Inject Applications applications;
  @Inject Companies companies;
  @Inject Event<CompanyEvent> events;
  @Inject Event<Notice> notices;
  @Inject Clock clock;

  /**
   * Of the account that the caller's token names; nothing where it is not protected, or where the
   * call is a retry.
   *
   * @param breach of the old password; empty where nobody tells of one
   * @return how the account stands afterwards
   */
  public AccountStatus changed(DomainCaller caller, Optional<Breach> breach) {
    Optional<Account> account =
        accounts
            .named(caller.companyId(), caller.applicationId(), caller.subject())
            .filter(Account::isEnabled);
    if (account.isPresent() && calls.noteFirst(caller, CHANGED)) {
      followUp(caller, account.get(), breach);
    }
    return vouching.of(caller).status();
  }

  private void followUp(DomainCaller caller, Account account, Optional<Breach> breach) {
    UUID companyId = account.companyId();
    events.fire(new AccountChanged(companyId, CHANGED, account.id(), Map.of()));
    if (breach.isEmpty()) {
      calls.forget(caller, BREACHED);
    } else if (calls.isFirst(caller, BREACHED, breach.get().name())) {
      breaches.ofAccount(caller, companyId, account.id(), CHANGED);
    }
    locking.endUnlock(account, caller.actor());
    UUID owner = account.userId();
    if (owner != null) {
      users.find(companyId, owner).ifPresent(user -> tell(user, account));
    }
  }

  private void tell(User user, Account account) {
    Map<String, Object> facts =
        Map.of(
            "account",
            account.userAccountId(),
            "application",
            applications.get(account.companyId(), account.applicationId()).name(),
            "company",
            companies.get(account.companyId()).name(),
            "time",
            clock.instant());
    for (Recipient to : recipients.always(user).onEveryChannel()) {
      notices.fire(new Notice(CHANGED, to, facts));
    }
  }
}
