package org.drawbridge.approval.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.drawbridge.access.AdministratorRequired;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.approval.control.ApprovalRequests;
import org.drawbridge.approval.entity.ApprovalRequest;
import org.drawbridge.approval.entity.Vote;
import org.drawbridge.company.control.Companies;
import org.drawbridge.credential.control.Signing;
import org.jspecify.annotations.Nullable;

/** What was approved in a company and by whom, with the signatures, which are verified again. */
@Path("companies/{companyId}/approval-requests/{id}")
@RequestScoped
@Transactional
@AdministratorRequired
@Produces(MediaType.APPLICATION_JSON)
public class RecordedApprovalsResource {

  @Inject ApprovalRequests requests;
  @Inject Companies companies;
  @Inject Signing signing;
  @Inject CallerIdentity identity;
  @Inject Clock clock;

  public record RecordedApprovalResponse(
      UUID id,
      ApprovalRequest.State state,
      String title,
      String text,
      int requiredApprovals,
      Instant openedDate,
      @Nullable Instant decidedDate,
      List<VoteResponse> votes) {}

  /**
   * @param document what was shown and signed; null where nothing was
   * @param assertion the signature, as JSON
   * @param signatureValid whether it verifies now; null where there is none
   */
  public record VoteResponse(
      UUID userId,
      boolean approves,
      Instant date,
      @Nullable String document,
      @Nullable String assertion,
      @Nullable Boolean signatureValid) {}

  @GET
  public RecordedApprovalResponse get(
      @PathParam("companyId") UUID companyId, @PathParam("id") UUID id) {
    companies.get(identity.reach(), companyId);
    ApprovalRequest request = requests.get(companyId, id);
    return new RecordedApprovalResponse(
        request.id(),
        request.stateAt(clock.instant()),
        request.title(),
        request.text(),
        request.quorum(),
        request.openedAt(),
        request.decidedAt(),
        request.votes().entrySet().stream()
            .map(vote -> response(vote.getKey(), vote.getValue()))
            .sorted(Comparator.comparing(VoteResponse::date))
            .toList());
  }

  private VoteResponse response(UUID userId, Vote vote) {
    String document = vote.document();
    String assertion = vote.assertion();
    return new VoteResponse(
        userId, vote.approves(), vote.votedAt(), document, assertion, isValid(document, assertion));
  }

  private @Nullable Boolean isValid(@Nullable String document, @Nullable String assertion) {
    if (document == null || assertion == null) {
      return null;
    }
    return signing.isValid(new Signing.Signed(document, assertion));
  }
}
