package org.drawbridge.approval.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.spi.JsonProvider;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.drawbridge.access.UserCaller;
import org.drawbridge.account.control.Accounts;
import org.drawbridge.account.entity.Account;
import org.drawbridge.approval.entity.ApprovalRequest;
import org.drawbridge.approval.entity.SelfApprovalForbidden;
import org.drawbridge.approval.entity.SignatureRequired;
import org.drawbridge.approval.entity.SignedDecision;
import org.drawbridge.approval.entity.UnlockRequest;
import org.drawbridge.approval.entity.Vote;
import org.drawbridge.credential.control.Signing;
import org.drawbridge.kernel.OwnedId;
import org.drawbridge.problem.NotFound;
import org.drawbridge.user.control.Users;
import org.drawbridge.user.entity.User;
import org.jspecify.annotations.Nullable;

/** Takes votes; the one that decides a request brings about what the request is for. */
@ApplicationScoped
public class Approving {

  private static final JsonProvider JSON = JsonProvider.provider();

  @Inject ApprovalRequests requests;
  @Inject UnlockRequests unlocks;
  @Inject AnsweringUnlock answering;
  @Inject ApprovalNotices notices;
  @Inject Accounts accounts;
  @Inject Users users;
  @Inject Signing signing;
  @Inject Clock clock;

  /**
   * @throws SignatureRequired where a yes has to be signed
   */
  public ApprovalRequest approve(UserCaller approver, UUID id) {
    ApprovalRequest request = requests.get(approver.companyId(), approver.userId(), id);
    if (request.isSigned() && request.isApprover(approver.userId())) {
      throw new SignatureRequired();
    }
    return vote(approver, id, Vote.yes(clock.instant()));
  }

  /** Begins the signature of a yes, over exactly what is asked. */
  public Signing.Started start(UserCaller approver, UUID id) {
    ApprovalRequest request = requests.get(approver.companyId(), approver.userId(), id);
    if (!request.isApprover(approver.userId())) {
      throw new SelfApprovalForbidden();
    }
    User user = user(approver);
    return signing.start(
        user,
        purpose(request),
        JSON.createObjectBuilder()
            .add("approvalRequest", request.id().toString())
            .add("decision", "APPROVE")
            .add("title", request.title())
            .add("text", request.text())
            .add("approver", user.username())
            .add("time", clock.instant().toString()));
  }

  public ApprovalRequest approve(
      UserCaller approver, UUID id, String ceremonyId, JsonObject credential) {
    ApprovalRequest request = requests.get(approver.companyId(), approver.userId(), id);
    Signing.Signed signed =
        signing.finish(user(approver), purpose(request), ceremonyId, credential);
    return vote(
        approver,
        id,
        Vote.signed(new SignedDecision(signed.document(), signed.assertion()), clock.instant()));
  }

  private User user(UserCaller caller) {
    return users.find(caller.companyId(), caller.userId()).orElseThrow(() -> new NotFound("user"));
  }

  private static String purpose(ApprovalRequest request) {
    return "approval-request:" + request.id();
  }

  public ApprovalRequest reject(UserCaller approver, UUID id) {
    return vote(approver, id, Vote.no(clock.instant()));
  }

  private ApprovalRequest vote(UserCaller approver, UUID id, Vote vote) {
    ApprovalRequest request = requests.get(approver.companyId(), approver.userId(), id);
    UUID unlockId = request.unlockRequestId();
    @Nullable UnlockRequest unlock =
        unlockId == null
            ? null
            : unlocks.find(new OwnedId(approver.companyId(), unlockId)).orElseThrow();
    @Nullable Account account =
        unlock == null ? null : accounts.lock(unlock.companyId(), unlock.accountId());
    requests.refreshed(request);
    boolean isNew = request.voteOf(approver.userId()) == null;
    boolean decides = request.vote(approver.userId(), vote);
    if (isNew) {
      notices.log(
          request.companyId(),
          vote.approves() ? "approval-given" : "approval-refused",
          request.id(),
          Map.of("approver", approver.userId().toString()));
    }
    if (decides && unlock != null && account != null) {
      follow(request, unlocks.refreshed(unlock), account, vote.votedAt());
    } else if (decides) {
      notices.decided(request);
    }
    return request;
  }

  private void follow(ApprovalRequest request, UnlockRequest unlock, Account account, Instant now) {
    if (unlock.stateAt(now) != UnlockRequest.State.AWAITING_APPROVERS) {
      return;
    }
    if (request.stateAt(now) == ApprovalRequest.State.APPROVED) {
      answering.approved(unlock, account, now);
    } else {
      answering.rejected(unlock, account, now);
    }
  }
}
