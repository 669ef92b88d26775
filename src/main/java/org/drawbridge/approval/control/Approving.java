package org.drawbridge.approval.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.drawbridge.access.Reach;
import org.drawbridge.access.UserCaller;
import org.drawbridge.account.control.Accounts;
import org.drawbridge.account.entity.Account;
import org.drawbridge.approval.entity.ApprovalRequest;
import org.drawbridge.approval.entity.UnlockRequest;
import org.drawbridge.approval.entity.Vote;
import org.drawbridge.kernel.OwnedId;
import org.jspecify.annotations.Nullable;

/** Takes votes; the one that decides a request brings about what the request is for. */
@ApplicationScoped
public class Approving {

  @Inject ApprovalRequests requests;
  @Inject UnlockRequests unlocks;
  @Inject AnsweringUnlock answering;
  @Inject ApprovalNotices notices;
  @Inject Accounts accounts;
  @Inject Clock clock;

  public ApprovalRequest approve(UserCaller approver, UUID id) {
    return vote(approver, id, Vote.yes(clock.instant()));
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
        unlock == null ? null : accounts.lock(Reach.only(unlock.companyId()), unlock.accountId());
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
