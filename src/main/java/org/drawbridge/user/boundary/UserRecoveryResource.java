package org.drawbridge.user.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.drawbridge.access.AdministratorRequired;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.user.control.Recovering;

/**
 * Invites a user to make a passkey, or resets how the user signs in. Either way the link goes to
 * the user alone; an administrator never sees it.
 */
@Path("users/{id}")
@RequestScoped
@Transactional
@AdministratorRequired
@Produces(MediaType.APPLICATION_JSON)
public class UserRecoveryResource {

  @Inject Recovering recovering;
  @Inject CallerIdentity identity;

  @POST
  @Path("enrolment")
  public Response invite(@PathParam("id") UUID id) {
    recovering.invite(identity.reach(), id);
    return Response.accepted().build();
  }

  /** Removes all passkeys and recovery codes, and ends all sessions. */
  @POST
  @Path("reset")
  public Response reset(@PathParam("id") UUID id) {
    recovering.reset(identity.reach(), id);
    return Response.accepted().build();
  }
}
