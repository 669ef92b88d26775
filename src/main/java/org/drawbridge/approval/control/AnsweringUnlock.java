package org.drawbridge.approval.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.drawbridge.access.UserCaller;
import org.drawbridge.account.control.Accounts;
import org.drawbridge.account.control.Locking;
import org.drawbridge.account.control.PolicyHolds;
import org.drawbridge.account.entity.Account;
import org.drawbridge.account.entity.PolicyHold;
import org.drawbridge.account.entity.UnlockForbidden;
import org.drawbridge.approval.entity.ApprovalRequest;
import org.drawbridge.approval.entity.SignedDecision;
import org.drawbridge.approval.entity.UnlockRequest;
import org.drawbridge.company.control.Applications;
import org.drawbridge.credential.control.Signing;
import org.drawbridge.kernel.Ids;
import org.drawbridge.kernel.OwnedId;
import org.drawbridge.policy.control.Policies;
import org.drawbridge.policy.control.PolicyMembers;
import org.drawbridge.policy.entity.Policy;
import org.drawbridge.problem.NotFound;
import org.drawbridge.user.control.Users;
import org.drawbridge.user.entity.User;
import org.jspecify.annotations.Nullable;

/** What the owner of an account answers to an unlock request, and what follows from it. */
@ApplicationScoped
public class AnsweringUnlock {

  private static final JsonProvider JSON = JsonProvider.provider();
  private static final String REASON = "unlock request";

  @Inject UnlockRequests requests;
  @Inject ApprovalRequests approvals;
  @Inject ApprovalNotices notices;
  @Inject Accounts accounts;
  @Inject Applications applications;
  @Inject Locking locking;
  @Inject PolicyHolds holds;
  @Inject Policies policies;
  @Inject PolicyMembers members;
  @Inject Users users;
  @Inject Signing signing;
  @Inject Clock clock;

  /**
   * Begins the signature that a yes takes.
   *
   * @param minutes how long the unlock is to last; null for as long as the owner prefers
   * @param number what the login page shows; null where it shows none
   */
  public Signing.Started start(
      UserCaller owner, UUID id, @Nullable Integer minutes, @Nullable Integer number) {
    UnlockRequest request = held(owner, id);
    Instant now = clock.instant();
    request.requirePending(now);
    request.requireNumber(number, now);
    Account account = account(request);
    var document =
        JSON.createObjectBuilder()
            .add("unlockRequest", request.id().toString())
            .add("decision", "APPROVE")
            .add("account", account.userAccountId())
            .add(
                "application",
                applications.get(account.companyId(), account.applicationId()).name())
            .add("user", user(owner).username())
            .add("time", now.toString());
    if (minutes != null) {
      document.add("minutes", minutes);
    }
    return signing.start(user(owner), purpose(request), document);
  }

  /**
   * The owner says yes: unlocks the account, or asks the approvers whom its policies want to agree.
   *
   * @throws UnlockForbidden where a policy does not leave it to the owner any more
   */
  public UnlockRequest approve(
      UserCaller owner, UUID id, String ceremonyId, JsonObject credential) {
    UnlockRequest request = held(owner, id);
    Instant now = clock.instant();
    request.requirePending(now);
    Signing.Signed signed = signing.finish(user(owner), purpose(request), ceremonyId, credential);
    Account account = account(request);
    List<PolicyHold> asking = holds.of(account).askingApprovers();
    // All of them before anything is changed: what this refuses is not undone.
    List<ApprovalRequest> rounds =
        asking.stream().map(hold -> round(request, account, hold, owner, now)).toList();
    request.approve(
        new SignedDecision(signed.document(), signed.assertion()), minutes(signed), now);
    log("unlock-approved-by-user", request, owner);
    if (rounds.isEmpty()) {
      grant(request, account, Set.of(), now);
    } else {
      rounds.forEach(approvals::add);
      rounds.forEach(r -> notices.approversAsked(r, r.approvers()));
      request.awaitApprovers(now.plus(ApprovalRequest.LIFETIME));
    }
    return request;
  }

  private ApprovalRequest round(
      UnlockRequest request, Account account, PolicyHold hold, UserCaller owner, Instant now) {
    Policy policy = policies.get(owner.reach(), hold.policyId());
    User user = user(owner);
    String application = applications.get(account.companyId(), account.applicationId()).name();
    return ApprovalRequest.ofUnlock(
        request,
        Ids.next(now),
        policy.id(),
        hold.policyName(),
        "%s (%s) asks to unlock the account %s at %s."
            .formatted(user.fullName(), user.username(), account.userAccountId(), application),
        ids(members.approvers(policy)),
        ids(members.fallbackApprovers(policy)),
        policy.terms().escalationMinutes() == null
            ? null
            : Duration.ofMinutes(policy.terms().escalationMinutes()),
        hold.requiredApprovals(),
        now);
  }

  private static Set<UUID> ids(List<User> users) {
    return users.stream().map(User::id).collect(Collectors.toSet());
  }

  /** Unlocks once the last of its approval requests is approved; the account is held. */
  void approved(UnlockRequest request, Account account, Instant now) {
    List<ApprovalRequest> all = approvals.of(request);
    if (all.stream().allMatch(r -> r.stateAt(now) == ApprovalRequest.State.APPROVED)) {
      Set<UUID> agreed =
          all.stream()
              .map(ApprovalRequest::policyId)
              .collect(Collectors.toCollection(HashSet::new));
      grant(request, account, agreed, now);
      notices.decided("unlock-granted", request, account);
    }
  }

  /** One no is enough; the account is held. */
  void rejected(UnlockRequest request, Account account, Instant now) {
    request.reject(now);
    approvals.of(request).forEach(r -> r.close(ApprovalRequest.State.REJECTED, now));
    notices.decided("unlock-rejected", request, account);
  }

  private void grant(UnlockRequest request, Account account, Set<UUID> agreed, Instant now) {
    locking.unlockApproved(
        request.companyId(), account.id(), request.userId(), agreed, request.lasting(), REASON);
    request.grant(now);
    notices.log(
        request.companyId(),
        "unlock-request-granted",
        request.id(),
        Map.of("account", account.id().toString()));
  }

  public UnlockRequest deny(UserCaller owner, UUID id) {
    UnlockRequest request = held(owner, id);
    request.deny(clock.instant());
    log("unlock-denied-by-user", request, owner);
    return request;
  }

  /** This was not me: locks all that the user owns, and alerts the administrators. */
  public UnlockRequest report(UserCaller owner, UUID id) {
    // Before the request and its account, so that all are taken in order.
    List<Account> owned = accounts.ownedBy(owner.companyId(), owner.userId());
    owned.forEach(account -> accounts.lock(owner.reach(), account.id()));
    UnlockRequest request = held(owner, id);
    request.report(clock.instant());
    for (Account account : owned) {
      locking.lock(owner, account.id(), "login reported");
    }
    log("login-reported", request, owner);
    notices.reported(request, account(request));
    return request;
  }

  /** Ends a request that too few answered in time; whoever waits for others is told. */
  public void expire(OwnedId id) {
    UnlockRequest request = requests.find(id).orElseThrow();
    Account account = accounts.lock(request.companyId(), request.accountId());
    requests.refreshed(request);
    Instant now = clock.instant();
    if (!request.isOpen() || request.stateAt(now) != UnlockRequest.State.EXPIRED) {
      return;
    }
    boolean waitedForOthers = request.isAwaitingApprovers();
    request.expire(now);
    approvals.of(request).forEach(r -> r.close(ApprovalRequest.State.EXPIRED, now));
    notices.log(
        request.companyId(),
        "unlock-request-expired",
        request.id(),
        Map.of("account", account.id().toString()));
    if (waitedForOthers) {
      notices.decided("unlock-expired", request, account);
    }
  }

  /** The account is held from here on, and with it the request. */
  private UnlockRequest held(UserCaller owner, UUID id) {
    UnlockRequest request = requests.get(owner.companyId(), owner.userId(), id);
    Account account = accounts.lock(owner.reach(), request.accountId());
    if (!owner.userId().equals(account.userId())) {
      throw new NotFound("unlock request");
    }
    return requests.refreshed(request);
  }

  private Account account(UnlockRequest request) {
    return accounts
        .find(request.companyId(), request.accountId())
        .orElseThrow(() -> new NotFound("account"));
  }

  private User user(UserCaller owner) {
    return users.find(owner.companyId(), owner.userId()).orElseThrow(() -> new NotFound("user"));
  }

  private void log(String type, UnlockRequest request, UserCaller owner) {
    notices.log(request.companyId(), type, request.id(), Map.of("user", owner.userId().toString()));
  }

  private static String purpose(UnlockRequest request) {
    return "unlock-request:" + request.id();
  }

  private static @Nullable Integer minutes(Signing.Signed signed) {
    try (JsonReader reader = JSON.createReader(new StringReader(signed.document()))) {
      JsonObject document = reader.readObject();
      return document.containsKey("minutes") ? document.getInt("minutes") : null;
    }
  }
}
