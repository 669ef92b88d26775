package org.drawbridge.protection.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.drawbridge.access.DomainCaller;
import org.drawbridge.account.control.UserTokens;
import org.drawbridge.account.entity.Account;
import org.drawbridge.kernel.InTime;
import org.drawbridge.problem.StorageUnavailable;

/** Which account an {@code nl3UserToken} names. */
@ApplicationScoped
public class FindingAccounts {

  @Inject InTime inTime;
  @Inject UserTokens userTokens;

  /**
   * Empty where the token names none at the caller's application.
   *
   * @param deadline by {@link System#nanoTime}
   * @throws StorageUnavailable where the database does not tell in time
   */
  public Optional<String> userAccountId(DomainCaller caller, String nl3UserToken, long deadline) {
    return inTime.ask(
        deadline,
        () ->
            userTokens
                .accountOf(caller.companyId(), nl3UserToken)
                .filter(account -> account.applicationId().equals(caller.applicationId()))
                .map(Account::userAccountId));
  }
}
