package org.drawbridge.auth0.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.drawbridge.access.CallTokenRequired;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.auth0.control.WelcomingUsers;
import org.drawbridge.kernel.EmailAddress;

/** Protects a new account, which the token's {@code sub} names, and invites its owner by mail. */
@Path("sdk/welcomeUser")
@RequestScoped
@Transactional
@CallTokenRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class WelcomesResource {

  @Inject WelcomingUsers welcoming;
  @Inject CallerIdentity identity;

  public record WelcomeRequest(@NotNull @EmailAddress String email) {}

  /**
   * @param mailed false where the account was there before
   */
  public record WelcomeResponse(boolean mailed) {}

  @POST
  public Response welcome(WelcomeRequest request) {
    boolean mailed = welcoming.welcome(identity.application(), request.email());
    return Response.status(mailed ? Response.Status.CREATED : Response.Status.OK)
        .entity(new WelcomeResponse(mailed))
        .build();
  }
}
