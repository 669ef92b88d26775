package org.drawbridge.auth0.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Optional;
import org.drawbridge.access.CallTokenRequired;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.account.entity.AccountStatus;
import org.drawbridge.auth0.control.ChangingPasswords;
import org.drawbridge.auth0.control.ChangingPasswords.Breach;
import org.jspecify.annotations.Nullable;

/** Hears that the password of the account was changed that the token's {@code sub} names. */
@Path("sdk/passwordChanged")
@RequestScoped
@Transactional
@CallTokenRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class PasswordChangesResource {

  @Inject ChangingPasswords changing;
  @Inject CallerIdentity identity;

  /**
   * @param breached whether the old password was known to others
   * @param breachedAt when that was found; null where nobody has written it down
   */
  public record PasswordChangedRequest(@Nullable Boolean breached, @Nullable Instant breachedAt) {

    Optional<Breach> breach() {
      return Boolean.TRUE.equals(breached) ? Optional.of(new Breach(breachedAt)) : Optional.empty();
    }
  }

  /**
   * @param status of the account, afterwards
   */
  public record PasswordChangedResponse(AccountStatus status) {}

  /** Done once for each {@code jti}. */
  @POST
  public PasswordChangedResponse changed(@Nullable PasswordChangedRequest request) {
    Optional<Breach> breach = Optional.ofNullable(request).flatMap(PasswordChangedRequest::breach);
    return new PasswordChangedResponse(changing.changed(identity.application(), breach));
  }
}
