package org.drawbridge.auth0.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.drawbridge.access.CallTokenRequired;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.account.entity.AccountStatus;
import org.drawbridge.auth0.control.ChangingPasswords;
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
   */
  public record PasswordChangedRequest(@Nullable Boolean breached) {}

  /**
   * @param status of the account, afterwards
   */
  public record PasswordChangedResponse(AccountStatus status) {}

  /** Done once for each {@code jti}. */
  @POST
  public PasswordChangedResponse changed(@Nullable PasswordChangedRequest request) {
    boolean breached = request != null && Boolean.TRUE.equals(request.breached());
    return new PasswordChangedResponse(changing.changed(identity.application(), breached));
  }
}
