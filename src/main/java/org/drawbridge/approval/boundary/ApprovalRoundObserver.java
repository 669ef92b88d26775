package org.drawbridge.approval.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.UUID;
import org.drawbridge.approval.control.RequestingUnlock;
import org.drawbridge.policy.entity.ApprovalRoundOpened;

/** Asks the owners of a policy's accounts, in the transaction of its execution. */
@ApplicationScoped
public class ApprovalRoundObserver {

  @Inject RequestingUnlock requesting;

  void on(@Observes ApprovalRoundOpened round) {
    // In one order everywhere, so that no two rounds wait for each other's accounts.
    for (UUID account : round.accounts().stream().sorted().toList()) {
      requesting.offered(round.companyId(), account);
    }
  }
}
