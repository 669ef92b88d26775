package org.drawbridge.approval.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.access.SessionRequired;
import org.drawbridge.access.UserCaller;
import org.drawbridge.approval.control.ApprovalRequests;
import org.drawbridge.approval.control.Approving;
import org.drawbridge.approval.control.RequestViews;
import org.drawbridge.approval.control.RequestViews.ApprovalRequestView;

/** Votes on approval requests. The approver is the signed-in person, never a parameter. */
@Path("approval-requests")
@RequestScoped
@Transactional
@SessionRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ApprovalRequestsResource {

  @Inject ApprovalRequests requests;
  @Inject Approving approving;
  @Inject RequestViews views;
  @Inject CallerIdentity identity;

  /** Those that the person is an approver of, newest first. */
  @GET
  public List<ApprovalRequestView> list() {
    UserCaller caller = identity.user();
    return requests.askedOf(caller.companyId(), caller.userId()).stream()
        .map(request -> views.of(request, caller.userId()))
        .toList();
  }

  @GET
  @Path("{id}")
  public ApprovalRequestView get(@PathParam("id") UUID id) {
    UserCaller caller = identity.user();
    return views.of(requests.get(caller.companyId(), caller.userId(), id), caller.userId());
  }

  @POST
  @Path("{id}/approvals/me")
  public ApprovalRequestView approve(@PathParam("id") UUID id) {
    UserCaller caller = identity.user();
    return views.of(approving.approve(caller, id), caller.userId());
  }

  @POST
  @Path("{id}/rejections/me")
  public ApprovalRequestView reject(@PathParam("id") UUID id) {
    UserCaller caller = identity.user();
    return views.of(approving.reject(caller, id), caller.userId());
  }
}
