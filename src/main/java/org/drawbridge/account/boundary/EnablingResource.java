package org.drawbridge.account.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.access.EnablementTokenRequired;
import org.drawbridge.account.control.Enabling;
import org.drawbridge.account.control.UserTokens;

/** Enables protection for the account that the token's {@code sub} names. */
@Path("sdk/enableUser")
@RequestScoped
@Transactional
@Produces(MediaType.APPLICATION_JSON)
public class EnablingResource {

  @Inject Enabling enabling;
  @Inject UserTokens tokens;
  @Inject CallerIdentity identity;

  public record EnabledResponse(String nl3UserToken) {}

  /** Takes no body; one that is sent is not read. */
  @POST
  @EnablementTokenRequired
  public Response enable() {
    var enabled = enabling.enable(identity.application());
    return Response.status(enabled.isNew() ? Response.Status.CREATED : Response.Status.OK)
        .entity(new EnabledResponse(tokens.of(enabled.account())))
        .build();
  }
}
