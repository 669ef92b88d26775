package org.drawbridge.approval.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbProperty;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.drawbridge.account.control.Accounts;
import org.drawbridge.account.entity.Account;
import org.drawbridge.approval.entity.ApprovalRequest;
import org.drawbridge.approval.entity.Attempt;
import org.drawbridge.approval.entity.UnlockRequest;
import org.drawbridge.approval.entity.Vote;
import org.drawbridge.company.control.Applications;
import org.jspecify.annotations.Nullable;

/** Requests as people see them. */
@ApplicationScoped
public class RequestViews {

  @Inject Accounts accounts;
  @Inject Applications applications;
  @Inject ApprovalRequests approvals;
  @Inject Clock clock;

  /**
   * @param attempts how many logins were blocked meanwhile
   * @param latestAttempt null where the person asked without one
   * @param numbers one of them is on the login page; empty where none has to be picked
   * @param approvals who has to agree beside the person; empty before the person has said yes
   */
  public record UnlockRequestView(
      UUID id,
      UnlockRequest.State state,
      UUID accountId,
      String userAccountId,
      String application,
      Instant openedDate,
      Instant expiryDate,
      @Nullable Instant decidedDate,
      int attempts,
      @Nullable AttemptView latestAttempt,
      List<Integer> numbers,
      List<QuorumView> approvals) {}

  /** The login that was blocked, as the enforcement point tells it. */
  public record AttemptView(
      Instant date,
      @JsonbProperty("userIP") @Nullable String userIp,
      @Nullable String userDevice,
      @Nullable String userLocation) {}

  /** How far the approvers of one policy are. */
  public record QuorumView(
      String policyName, ApprovalRequest.State state, int required, int given) {}

  /**
   * @param type {@code APPROVE} or {@code SIGN_AND_APPROVE}
   * @param myVote {@code APPROVED} or {@code REJECTED}; null where the person has not voted
   */
  public record ApprovalRequestView(
      UUID id,
      ApprovalRequest.State state,
      String type,
      String title,
      String text,
      @Nullable UUID requestedBy,
      Instant openedDate,
      Instant expiryDate,
      @Nullable Instant decidedDate,
      int requiredApprovals,
      int approvals,
      @Nullable String myVote) {}

  public UnlockRequestView of(UnlockRequest request) {
    Instant now = clock.instant();
    Account account = accounts.find(request.companyId(), request.accountId()).orElseThrow();
    return new UnlockRequestView(
        request.id(),
        request.stateAt(now),
        account.id(),
        account.userAccountId(),
        applications.get(account.companyId(), account.applicationId()).name(),
        request.openedAt(),
        request.expiry(),
        request.decidedAt(),
        request.attempts(),
        attempt(request.latest()),
        request.stateAt(now) == UnlockRequest.State.PENDING ? request.choices() : List.of(),
        approvals.of(request).stream().map(r -> quorum(r, now)).toList());
  }

  private static @Nullable AttemptView attempt(@Nullable Attempt attempt) {
    return attempt == null
        ? null
        : new AttemptView(attempt.at(), attempt.address(), attempt.device(), attempt.location());
  }

  private static QuorumView quorum(ApprovalRequest request, Instant now) {
    return new QuorumView(
        request.title(), request.stateAt(now), request.quorum(), request.approvals());
  }

  /** As the approver, or the requester, sees it. */
  public ApprovalRequestView of(ApprovalRequest request, UUID viewer) {
    Vote vote = request.voteOf(viewer);
    return new ApprovalRequestView(
        request.id(),
        request.stateAt(clock.instant()),
        request.isSigned() ? "SIGN_AND_APPROVE" : "APPROVE",
        request.title(),
        request.text(),
        request.requestedBy(),
        request.openedAt(),
        request.expiry(),
        request.decidedAt(),
        request.quorum(),
        request.approvals(),
        vote == null ? null : vote.approves() ? "APPROVED" : "REJECTED");
  }
}
