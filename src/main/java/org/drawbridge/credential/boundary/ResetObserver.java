package org.drawbridge.credential.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.drawbridge.credential.control.Passkeys;
import org.drawbridge.user.entity.UserReset;

/** Removes the passkeys of a user who was reset, in the same transaction. */
@ApplicationScoped
public class ResetObserver {

  @Inject Passkeys passkeys;

  void on(@Observes UserReset reset) {
    passkeys.removeAll(reset.companyId(), reset.subjectId());
  }
}
