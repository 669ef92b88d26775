package org.drawbridge.auth0.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.drawbridge.access.AdministratorRequired;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.auth0.control.Packing;

/** The Actions for Auth0, filled in for an application and ready to deploy. */
@Path("applications/{applicationId}/auth0-pack")
@RequestScoped
@Transactional
@AdministratorRequired
public class Auth0PackResource {

  private static final String ATTACHMENT = "attachment; filename=\"drawbridge-auth0.zip\"";

  @Inject Packing packing;
  @Inject CallerIdentity identity;

  /** Issues a signing key for it, so that each call answers another pack. */
  @POST
  @Produces("application/zip")
  public Response pack(@PathParam("applicationId") UUID applicationId) {
    return Response.ok(packing.pack(identity.reach(), applicationId))
        .header(HttpHeaders.CONTENT_DISPOSITION, ATTACHMENT)
        .build();
  }
}
