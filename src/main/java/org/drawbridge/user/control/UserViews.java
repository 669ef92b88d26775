package org.drawbridge.user.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.drawbridge.account.control.AccountView;
import org.drawbridge.account.control.AccountViews;
import org.drawbridge.account.control.Accounts;
import org.drawbridge.account.control.RecordedChecks;
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
    List<AccountView> shown = accountViews.of(user.companyId(), owned);
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
        new Aggregations(
            blockedToday(user.companyId(), ids),
            shown.stream().mapToLong(AccountView::userAccountAllowedCount).sum(),
            shown.stream().mapToLong(AccountView::userAccountBlockedCount).sum()),
        shown,
        checks.latest(user.companyId(), ids, HISTORY));
  }

  private long blockedToday(UUID companyId, List<UUID> accountIds) {
    return checks.blockedSince(companyId, accountIds, clock.instant().truncatedTo(ChronoUnit.DAYS));
  }
}
