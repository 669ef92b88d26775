package org.drawbridge.portal.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.access.SessionRequired;
import org.drawbridge.access.UserCaller;
import org.drawbridge.portal.control.Sessions;
import org.drawbridge.user.control.Recovering;
import org.drawbridge.user.control.RecoveryCodes;

/** The signed-in person's recovery codes. */
@Path("me/recovery-codes")
@RequestScoped
@Transactional
@SessionRequired
@Produces(MediaType.APPLICATION_JSON)
public class MyRecoveryCodesResource {

  @Inject RecoveryCodes codes;
  @Inject Recovering recovering;
  @Inject Sessions sessions;
  @Inject CallerIdentity identity;

  public record CodesLeftResponse(int left) {}

  public record CodesResponse(List<String> codes) {}

  @GET
  public CodesLeftResponse left() {
    UserCaller caller = identity.user();
    return new CodesLeftResponse(codes.left(caller.companyId(), caller.userId()));
  }

  /** Makes ten, which are shown this once; earlier ones count no more. */
  @POST
  public Response renew() {
    List<String> made = recovering.renewCodes(sessions.holdUser(identity.user()));
    return Response.status(Response.Status.CREATED).entity(new CodesResponse(made)).build();
  }
}
