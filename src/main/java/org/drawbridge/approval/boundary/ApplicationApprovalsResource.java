package org.drawbridge.approval.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.drawbridge.access.CallTokenRequired;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.approval.control.RequestingApproval;
import org.drawbridge.approval.entity.ApprovalRequest;
import org.jspecify.annotations.Nullable;

/** Approval requests of applications, for the account that the token's {@code sub} names. */
@Path("approvalRequest")
@RequestScoped
@Transactional
@CallTokenRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ApplicationApprovalsResource {

  @Inject RequestingApproval requesting;
  @Inject CallerIdentity identity;
  @Inject Clock clock;

  /**
   * @param approvers beside those of the template: ids, user names or e-mails
   * @param metaData a text for each place of the template that has no default
   * @param templateId id or key
   */
  public record ApprovalRequestRequest(
      @Nullable @Size(max = 100) List<String> approvers,
      @Nullable JsonObject metaData,
      @NotBlank @Size(max = 100) String templateId) {}

  public record ApprovalRequestResponse(
      UUID id, ApprovalRequest.State state, Instant expiryDate, @Nullable Instant decidedDate) {}

  @POST
  public Response request(ApprovalRequestRequest request) {
    return Response.status(Response.Status.CREATED)
        .entity(
            response(
                requesting.request(
                    identity.application(),
                    request.templateId(),
                    request.approvers(),
                    TextValues.of("metaData", request.metaData()))))
        .build();
  }

  @GET
  @Path("{id}")
  public ApprovalRequestResponse get(@PathParam("id") UUID id) {
    return response(requesting.get(identity.application(), id));
  }

  private ApprovalRequestResponse response(ApprovalRequest request) {
    return new ApprovalRequestResponse(
        request.id(), request.stateAt(clock.instant()), request.expiry(), request.decidedAt());
  }
}
