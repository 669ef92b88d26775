package org.drawbridge.signal.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.drawbridge.access.Caller;
import org.drawbridge.account.control.Accounts;
import org.drawbridge.account.control.Locking;
import org.drawbridge.account.entity.Account;
import org.drawbridge.company.control.Applications;
import org.drawbridge.company.control.Companies;
import org.drawbridge.kernel.CompanyEvent;
import org.drawbridge.kernel.Notice;
import org.drawbridge.problem.NotFound;
import org.drawbridge.user.control.Recipients;
import org.drawbridge.user.control.Users;
import org.drawbridge.user.entity.User;
import org.drawbridge.user.entity.UserChanged;

/**
 * Locks what a breach signal is about, for the people who prefer that ({@code autoLockOnBreach})
 * and the accounts that allow it. An account that is locked by itself already stays as it is, and
 * nobody is told again.
 */
@ApplicationScoped
public class LockingOnBreach {

  @Inject BreachedAddresses breached;
  @Inject Users users;
  @Inject Recipients recipients;
  @Inject Accounts accounts;
  @Inject Locking locking;
  @Inject Companies companies;
  @Inject Applications applications;
  @Inject Event<CompanyEvent> events;
  @Inject Event<Notice> notices;

  /**
   * @param source who tells of the breach
   * @return the accounts that this has locked
   */
  public List<Account> ofEmail(Caller caller, UUID companyId, String email, String source) {
    companies.get(caller.reach(), companyId);
    breached.add(companyId, email);
    Map<UUID, User> owners =
        users.withEmail(companyId, email).stream()
            .collect(Collectors.toMap(User::id, user -> user));
    List<Account> locked = new ArrayList<>();
    for (Account account : accounts.ownedBy(companyId, owners.keySet())) {
      User owner = Objects.requireNonNull(owners.get(account.userId()));
      if (lockIfPreferred(caller, account, owner, source)) {
        locked.add(account);
      }
    }
    return locked;
  }

  /**
   * @throws NotFound where the company has no such account
   */
  public List<Account> ofAccount(Caller caller, UUID companyId, UUID accountId, String source) {
    companies.get(caller.reach(), companyId);
    Account account =
        accounts.find(companyId, accountId).orElseThrow(() -> new NotFound("account"));
    UUID owner = account.userId();
    return owner != null
            && lockIfPreferred(caller, account, users.find(companyId, owner).orElseThrow(), source)
        ? List.of(account)
        : List.of();
  }

  /**
   * @param userAccountId what the identity provider calls it, at whichever application
   */
  public List<Account> ofName(Caller caller, UUID companyId, String userAccountId, String source) {
    companies.get(caller.reach(), companyId);
    List<Account> locked = new ArrayList<>();
    for (Account account : accounts.named(companyId, userAccountId)) {
      locked.addAll(ofAccount(caller, companyId, account.id(), source));
    }
    return locked;
  }

  /** Answers whether it was locked now. */
  private boolean lockIfPreferred(Caller caller, Account account, User user, String source) {
    events.fire(
        new UserChanged(
            account.companyId(),
            "breach-signalled",
            user.id(),
            Map.of("account", account.id().toString(), "source", source)));
    if (!user.autoLocksOnBreach()
        || !account.isAutoRelockAllowed()
        || !locking.lockOnBreach(account, caller.actor(), source)) {
      return false;
    }
    UUID companyId = account.companyId();
    notices.fire(
        new Notice(
            "breach-locked",
            recipients.always(user),
            Map.of(
                "account",
                account.userAccountId(),
                "application",
                applications.get(companyId, account.applicationId()).name(),
                "company",
                companies.get(companyId).name())));
    return true;
  }
}
