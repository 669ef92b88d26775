package org.drawbridge.user.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.drawbridge.access.Caller;
import org.drawbridge.account.control.AddingAccounts;
import org.drawbridge.account.entity.Account;
import org.drawbridge.company.control.Applications;
import org.drawbridge.company.control.Companies;
import org.drawbridge.company.entity.Application;
import org.drawbridge.kernel.CompanyEvent;
import org.drawbridge.kernel.Ids;
import org.drawbridge.problem.Malformed;
import org.drawbridge.problem.MemberError;
import org.drawbridge.user.entity.User;
import org.drawbridge.user.entity.UserChanged;
import org.drawbridge.user.entity.UsernameTaken;
import org.jspecify.annotations.Nullable;

/** Adds people, and accounts that belong to them. */
@ApplicationScoped
public class AddingUsers {

  @Inject Users users;
  @Inject Companies companies;
  @Inject Applications applications;
  @Inject AddingAccounts adding;
  @Inject Event<CompanyEvent> events;
  @Inject Clock clock;

  /**
   * @throws UsernameTaken where there is one with this name already
   */
  public User add(
      Caller caller,
      UUID companyId,
      String username,
      String email,
      String firstName,
      String lastName) {
    companies.get(caller.reach(), companyId);
    if (users.named(companyId, username).isPresent()) {
      throw new UsernameTaken();
    }
    Instant now = clock.instant();
    User user = new User(companyId, Ids.next(now), username, email, firstName, lastName, now);
    users.add(user);
    events.fire(new UserChanged(companyId, "user-added", user.id(), Map.of()));
    return user;
  }

  /**
   * @param userId the owner; null for an account without one
   * @param locked how it starts; null for what the application says
   * @throws Malformed where the owner is no user of the application's company
   */
  public Account addAccount(
      Caller caller,
      UUID applicationId,
      String userAccountId,
      @Nullable UUID userId,
      @Nullable Boolean locked) {
    Application application = applications.lock(caller.reach(), applicationId);
    if (userId != null && users.find(application.companyId(), userId).isEmpty()) {
      throw new Malformed(List.of(MemberError.at("userId", "is no user of the company")));
    }
    Account account = adding.add(application, userAccountId, locked, caller.actor());
    if (userId != null) {
      account.claimedBy(userId);
    }
    return account;
  }
}
