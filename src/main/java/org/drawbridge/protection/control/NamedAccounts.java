package org.drawbridge.protection.control;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.drawbridge.access.DomainCaller;
import org.drawbridge.account.control.UserTokens;
import org.drawbridge.account.entity.Account;
import org.drawbridge.kernel.Settings;
import org.drawbridge.protection.entity.Unrecorded;

/**
 * Which account an {@code nl3UserToken} names. It is looked up in a thread of its own, so that a
 * database that does not answer holds up no check for longer than its time budget.
 */
@ApplicationScoped
public class NamedAccounts {

  private final long budgetNanos = Settings.current().checkTimeBudget().toNanos();
  @Resource ManagedExecutorService executor;
  @Inject UserTokens userTokens;

  /**
   * Empty where the token names none at the caller's application.
   *
   * @throws Unrecorded where the database does not tell in time
   */
  public Optional<String> userAccountId(DomainCaller caller, String nl3UserToken) {
    try {
      Future<Optional<String>> found =
          executor.submit(
              () ->
                  userTokens
                      .accountOf(caller.companyId(), nl3UserToken)
                      .filter(account -> account.applicationId().equals(caller.applicationId()))
                      .map(Account::userAccountId));
      return found.get(budgetNanos, TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
      throw new Unrecorded();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unrecorded();
    }
  }
}
