package org.drawbridge.approval.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.Size;
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
import org.drawbridge.credential.entity.CeremonyExpired;
import org.drawbridge.credential.entity.CredentialUnknown;
import org.drawbridge.credential.entity.SignatureCountFell;
import org.drawbridge.credential.entity.StepRefused;
import org.jspecify.annotations.Nullable;

/** Votes on approval requests. The approver is the signed-in person, never a parameter. */
@Path("approval-requests")
@RequestScoped
@Transactional
@SessionRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class VotesResource {

  @Inject ApprovalRequests requests;
  @Inject Approving approving;
  @Inject RequestViews views;
  @Inject CallerIdentity identity;

  /** Both or neither. */
  public record ApprovalRequestSignature(
      @Nullable @Size(min = 1, max = 200) String ceremonyId, @Nullable JsonObject credential) {}

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

  /** For what has to be signed; anything else may be. */
  @POST
  @Path("{id}/approvals/me/start")
  public SignatureStarted start(@PathParam("id") UUID id) {
    return SignatureStarted.of(approving.start(identity.user(), id));
  }

  /** What a signature that is refused has used up, the ceremony, stays used up. */
  @POST
  @Path("{id}/approvals/me")
  @Transactional(
      dontRollbackOn = {
        StepRefused.class,
        SignatureCountFell.class,
        CredentialUnknown.class,
        CeremonyExpired.class
      })
  public ApprovalRequestView approve(
      @PathParam("id") UUID id, @Nullable ApprovalRequestSignature signature) {
    UserCaller caller = identity.user();
    return views.of(
        signature == null || signature.ceremonyId() == null || signature.credential() == null
            ? approving.approve(caller, id)
            : approving.approve(caller, id, signature.ceremonyId(), signature.credential()),
        caller.userId());
  }

  @POST
  @Path("{id}/rejections/me")
  public ApprovalRequestView reject(@PathParam("id") UUID id) {
    UserCaller caller = identity.user();
    return views.of(approving.reject(caller, id), caller.userId());
  }
}
