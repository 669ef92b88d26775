package org.drawbridge.account.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.drawbridge.account.entity.Account;
import org.drawbridge.account.entity.AccountChanged;
import org.drawbridge.account.entity.AccountOwned;
import org.drawbridge.kernel.CompanyEvent;

/** Gives accounts to the people who claim them. */
@ApplicationScoped
public class Claiming {

  @Inject Event<CompanyEvent> events;

  /**
   * @throws AccountOwned where it is somebody else's
   */
  public void claim(Account account, UUID userId) {
    account.claimedBy(userId);
    events.fire(
        new AccountChanged(
            account.companyId(),
            "account-claimed",
            account.id(),
            Map.of("user", userId.toString())));
  }
}
