package org.drawbridge.user.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.drawbridge.account.control.AddingAccounts;
import org.drawbridge.account.control.Claiming;
import org.drawbridge.account.control.Enabling;
import org.drawbridge.account.entity.Account;
import org.drawbridge.account.entity.AccountOwned;
import org.drawbridge.company.control.Applications;
import org.drawbridge.company.entity.Application;
import org.drawbridge.company.entity.DomainUrl;
import org.drawbridge.kernel.CompanyEvent;
import org.drawbridge.kernel.Ids;
import org.drawbridge.problem.Malformed;
import org.drawbridge.problem.MemberError;
import org.drawbridge.user.entity.User;
import org.drawbridge.user.entity.UserChanged;

/** Imports one row: the person (known by e-mail address, in any case) and the enabled account. */
@ApplicationScoped
public class ImportingRow {

  @Inject Users users;
  @Inject Applications applications;
  @Inject AddingAccounts adding;
  @Inject Enabling enabling;
  @Inject Claiming claiming;
  @Inject Event<CompanyEvent> events;
  @Inject Clock clock;

  /**
   * @throws Malformed where the domain is none of the company's, the address is that of several
   *     people, or the account is somebody else's
   */
  public ImportResult add(UUID companyId, int index, ImportRow row, String actor) {
    Application application = application(companyId, row.domain());
    applications.lock(companyId, application.id());
    Optional<User> known = known(companyId, row.email());
    User user = known.orElseGet(() -> newUser(companyId, row));
    Optional<Account> found = adding.find(application, row.userAccountId());
    Account account =
        found.orElseGet(() -> adding.add(application, row.userAccountId(), null, actor));
    if (!user.id().equals(account.userId())) {
      claim(account, user);
    }
    enabling.enable(account);
    users.flush();
    return new ImportResult(
        index,
        known.isPresent() && found.isPresent()
            ? ImportResult.Status.EXISTED
            : ImportResult.Status.CREATED,
        row.userAccountId(),
        account.id(),
        user.id(),
        List.of());
  }

  private Optional<User> known(UUID companyId, String email) {
    List<User> found = users.withEmail(companyId, email);
    if (found.size() > 1) {
      throw wrong("email", "is the e-mail of several users");
    }
    if (found.stream().anyMatch(User::isEmailClaimed)) {
      throw wrong(
          "email",
          "is what a user said at sign-up, and nobody has shown to read mail there:"
              + " set that user's e-mail, whichever it is");
    }
    return found.stream().findFirst();
  }

  private void claim(Account account, User user) {
    try {
      claiming.claim(account, user.id());
    } catch (AccountOwned e) {
      throw wrong("userAccountId", "belongs to another user of the company");
    }
  }

  private static Malformed wrong(String member, String why) {
    return new Malformed(List.of(MemberError.at(member, why)));
  }

  private User newUser(UUID companyId, ImportRow row) {
    // One with that address was made meanwhile, and is found when the row is tried once more.
    if (users
        .named(companyId, row.email())
        .filter(namesake -> !namesake.email().equalsIgnoreCase(row.email()))
        .isPresent()) {
      throw wrong("email", "is the user name of somebody with another e-mail address");
    }
    Instant now = clock.instant();
    User user =
        new User(
            companyId,
            Ids.next(now),
            row.email(),
            row.email(),
            row.firstName(),
            row.lastName(),
            now);
    user.phonedAt(row.phone());
    users.add(user);
    events.fire(new UserChanged(companyId, "user-added", user.id(), Map.of()));
    return user;
  }

  private Application application(UUID companyId, String domain) {
    List<Application> found =
        DomainUrl.parse(domain)
            .map(url -> applications.atUrl(companyId, url.url()).stream().toList())
            .orElseGet(() -> applications.atHost(companyId, domain.toLowerCase(Locale.ROOT)));
    if (found.size() != 1) {
      throw wrong(
          "domain",
          found.isEmpty()
              ? "is no application of the company"
              : "is the host of several applications: send the URL");
    }
    return found.get(0);
  }
}
