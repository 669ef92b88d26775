package org.drawbridge.protection.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import org.drawbridge.access.CheckTokenRequired;
import org.drawbridge.access.DomainCaller;
import org.drawbridge.access.DomainTokenFilters;
import org.drawbridge.protection.entity.Login;
import org.jspecify.annotations.Nullable;

/**
 * The protection check, asked by a policy enforcement point: <em>may this account log in now?</em>
 *
 * <p>Not transactional: the check is decided and recorded by a writer of its own.
 */
@Path("")
@ApplicationScoped
@CheckTokenRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ChecksResource {

  @Inject Asking asking;

  /** Asks about the account that the token's {@code sub} names. Both spellings are in the field. */
  @POST
  @Path("{spelling:[Aa]ccountProtectionCheck}")
  public String check(
      @HeaderParam(DomainTokenFilters.HEADER) String token,
      @HeaderParam("x-nl3-device-location") @Nullable String deviceLocation,
      @HeaderParam("x-forwarded-for") @Nullable String forwardedFor,
      @HeaderParam(HttpHeaders.USER_AGENT) @Nullable String userAgent,
      @Context SecurityContext security,
      byte @Nullable [] body) {
    DomainCaller caller = DomainTokenFilters.caller(security);
    Login login = Login.of(Asking.object(body), deviceLocation, forwardedFor, userAgent);
    return asking.answer(
        token, caller, caller.subject(), false, login, DomainTokenFilters.deadline(security));
  }
}
