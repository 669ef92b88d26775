package org.drawbridge.challenge.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.stream.Stream;
import org.drawbridge.account.control.Accounts;
import org.drawbridge.account.entity.Account;

/**
 * Lets nobody go on by what stood in for an answer, once the passkeys of the person who answered
 * count no more. The person is known here by the names of the accounts that they own.
 */
@ApplicationScoped
public class StartingOver {

  @Inject Accounts accounts;
  @Inject ChallengeUsers users;
  @Inject Recognizing recognizing;
  @Inject ChallengeSessions sessions;

  /** Remembered browsers are asked again. */
  public void forgetBrowsers(UUID companyId, UUID ownerId) {
    names(companyId, ownerId)
        .flatMap(name -> users.find(companyId, name).stream())
        .forEach(recognizing::forget);
  }

  /** Sessions end, too. */
  public void startOver(UUID companyId, UUID ownerId) {
    forgetBrowsers(companyId, ownerId);
    names(companyId, ownerId).forEach(name -> sessions.endAll(companyId, name));
  }

  private Stream<String> names(UUID companyId, UUID ownerId) {
    return accounts.ownedBy(companyId, ownerId).stream().map(Account::userAccountId).distinct();
  }
}
