package org.drawbridge.protection.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.drawbridge.access.DomainCaller;
import org.drawbridge.approval.control.RequestingUnlock;
import org.drawbridge.approval.entity.Attempt;
import org.drawbridge.approval.entity.UnlockRequest;
import org.drawbridge.protection.entity.Login;
import org.jspecify.annotations.Nullable;

/** Asks the owners of accounts whose logins were blocked, each in a transaction of its own. */
@ApplicationScoped
public class AskingOwners {

  @Inject RequestingUnlock requesting;
  @Inject Clock clock;

  /** The number that the login page is to show; empty where there is none to match. */
  @Transactional
  public Optional<Integer> ask(
      DomainCaller caller, String userAccountId, UUID checkId, Login login) {
    Attempt attempt =
        new Attempt(
            checkId,
            clock.instant(),
            first(login.userIp(), login.forwardedFor()),
            first(login.userDevice(), login.userAgent()),
            first(login.userLocation(), first(login.userGeo(), login.deviceLocation())));
    return requesting
        .attempted(caller.companyId(), caller.applicationId(), userAccountId, attempt)
        .map(UnlockRequest::matchingNumber);
  }

  private static @Nullable String first(@Nullable String one, @Nullable String other) {
    return one == null || one.isBlank() ? other : one;
  }
}
