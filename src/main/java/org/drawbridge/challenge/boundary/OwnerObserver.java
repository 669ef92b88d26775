package org.drawbridge.challenge.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.drawbridge.challenge.control.StartingOver;
import org.drawbridge.credential.entity.PasskeyRemoved;
import org.drawbridge.user.entity.UserReset;

/** Hears what happens to the passkeys of accounts' owners, in the transaction in which it does. */
@ApplicationScoped
public class OwnerObserver {

  @Inject StartingOver startingOver;

  void on(@Observes UserReset reset) {
    startingOver.startOver(reset.companyId(), reset.subjectId());
  }

  void on(@Observes PasskeyRemoved removed) {
    startingOver.forgetBrowsers(removed.companyId(), removed.userId());
  }
}
