package org.drawbridge.user.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.drawbridge.account.control.AccountViews;
import org.drawbridge.account.control.Accounts;
import org.drawbridge.account.control.RecordedChecks;
import org.drawbridge.account.control.RecordedChecks.Counts;
import org.drawbridge.account.entity.Account;
import org.drawbridge.user.control.UserView.Aggregations;
import org.drawbridge.user.entity.User;

/** Shows users with their accounts. */
@ApplicationScoped
public class UserViews {

  private static final int HISTORY = 10;

  @Inject Accounts accounts;
  @Inject AccountViews accountViews;
  @Inject RecordedChecks checks;
  @Inject Clock clock;

  public UserView of(User user) {
    List<Account> owned = accounts.ownedBy(user.companyId(), user.id());
    List<UUID> ids = owned.stream().map(Account::id).toList();
    return new UserView(
        user.id(),
        user.id(),
        user.username(),
        user.email(),
        user.isEmailVerified(),
        user.firstName(),
        user.lastName(),
        user.fullName(),
        user.phone(),
        user.type(),
        user.autoLockMinutes(),
        user.autoLocksOnAttempt(),
        user.autoLocksOnBreach(),
        user.autoLocksOnSuccess(),
        user.allowsEmailNotification(),
        user.allowsSmsNotification(),
        user.language() == null ? null : user.language().tag(),
        user.isEulaAccepted(),
        user.isHelpViewed(),
        aggregations(user.companyId(), ids),
        accountViews.of(user.companyId(), owned),
        checks.latest(user.companyId(), ids, HISTORY));
  }

  private Aggregations aggregations(UUID companyId, List<UUID> accountIds) {
    var counts = checks.counts(companyId, accountIds).values();
    return new Aggregations(
        checks.blockedSince(companyId, accountIds, clock.instant().truncatedTo(ChronoUnit.DAYS)),
        counts.stream().mapToLong(Counts::allowed).sum(),
        counts.stream().mapToLong(Counts::blocked).sum());
  }
}
