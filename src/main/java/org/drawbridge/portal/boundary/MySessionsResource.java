package org.drawbridge.portal.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.access.SessionCookie;
import org.drawbridge.access.SessionRequired;
import org.drawbridge.access.UserCaller;
import org.drawbridge.portal.control.Sessions;
import org.drawbridge.portal.entity.Session;

/** Where the person is signed in. */
@Path("me/sessions")
@RequestScoped
@Transactional
@SessionRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class MySessionsResource {

  @Inject Sessions sessions;
  @Inject CallerIdentity identity;

  /**
   * @param current whether it is the one that asks
   */
  public record SessionResponse(
      UUID id,
      boolean current,
      String userAgent,
      Instant createdDate,
      Instant lastUsedDate,
      Instant expiryDate) {

    static SessionResponse of(Session session, UUID current) {
      return new SessionResponse(
          session.id(),
          session.id().equals(current),
          session.userAgent(),
          session.createdAt(),
          session.lastUsedAt(),
          session.expiry());
    }
  }

  @GET
  public List<SessionResponse> list() {
    UserCaller caller = identity.user();
    return sessions.open(caller.companyId(), caller.userId()).stream()
        .map(session -> SessionResponse.of(session, caller.sessionId()))
        .toList();
  }

  @DELETE
  @Path("{id}")
  public void end(@PathParam("id") UUID id) {
    sessions.end(identity.user(), id);
  }

  /** Signs the person out. */
  @DELETE
  @Path("current")
  public Response signOut() {
    UserCaller caller = identity.user();
    sessions.end(caller, caller.sessionId());
    return Response.noContent().cookie(SessionCookie.of("", Duration.ZERO)).build();
  }
}
