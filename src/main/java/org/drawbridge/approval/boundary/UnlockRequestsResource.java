package org.drawbridge.approval.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.access.SessionRequired;
import org.drawbridge.access.UserCaller;
import org.drawbridge.approval.control.AnsweringUnlock;
import org.drawbridge.approval.control.RequestViews;
import org.drawbridge.approval.control.RequestViews.UnlockRequestView;
import org.drawbridge.approval.control.RequestingUnlock;
import org.drawbridge.approval.control.UnlockRequests;
import org.drawbridge.problem.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * The signed-in person's unlock requests: asked for, approved with a passkey, denied, reported.
 * What a refused answer has used up, a ceremony or the one pick of a number, stays used up.
 */
@Path("me/unlock-requests")
@RequestScoped
@SessionRequired
@Transactional(dontRollbackOn = Refusal.class)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class UnlockRequestsResource {

  private static final int MAX_UNLOCK_MINUTES = 366 * 24 * 60;

  @Inject RequestingUnlock requesting;
  @Inject AnsweringUnlock answering;
  @Inject UnlockRequests requests;
  @Inject RequestViews views;
  @Inject CallerIdentity identity;

  public record UnlockRequestRequest(@NotNull UUID accountId) {}

  /**
   * @param number the one on the login page, where the request shows numbers
   */
  public record StartRequest(
      @Nullable @Min(1) @Max(MAX_UNLOCK_MINUTES) Integer minutes, @Nullable Integer number) {}

  public record FinishRequest(
      @NotBlank @Size(max = 200) String ceremonyId, @NotNull JsonObject credential) {}

  @GET
  public List<UnlockRequestView> list() {
    UserCaller caller = identity.user();
    return requests.of(caller.companyId(), caller.userId()).stream().map(views::of).toList();
  }

  /** Asks without a login; answers the request that is open already, where there is one. */
  @POST
  public Response add(UnlockRequestRequest request) {
    return Response.status(Response.Status.CREATED)
        .entity(views.of(requesting.request(identity.user(), request.accountId())))
        .build();
  }

  @POST
  @Path("{id}/approval/start")
  public SignatureStarted start(@PathParam("id") UUID id, @Nullable StartRequest request) {
    return SignatureStarted.of(
        answering.start(
            identity.user(),
            id,
            request == null ? null : request.minutes(),
            request == null ? null : request.number()));
  }

  @POST
  @Path("{id}/approval")
  public UnlockRequestView approve(@PathParam("id") UUID id, FinishRequest request) {
    return views.of(
        answering.approve(identity.user(), id, request.ceremonyId(), request.credential()));
  }

  @POST
  @Path("{id}/denial")
  public UnlockRequestView deny(@PathParam("id") UUID id) {
    return views.of(answering.deny(identity.user(), id));
  }

  /** This was not me. */
  @POST
  @Path("{id}/report")
  public UnlockRequestView report(@PathParam("id") UUID id) {
    return views.of(answering.report(identity.user(), id));
  }
}
