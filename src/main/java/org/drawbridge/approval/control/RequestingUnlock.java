package org.drawbridge.approval.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.drawbridge.access.UserCaller;
import org.drawbridge.account.control.Accounts;
import org.drawbridge.account.control.PolicyHolds;
import org.drawbridge.account.control.RelockRules;
import org.drawbridge.account.entity.Account;
import org.drawbridge.account.entity.UnlockForbidden;
import org.drawbridge.approval.entity.Attempt;
import org.drawbridge.approval.entity.UnlockRequest;
import org.drawbridge.company.control.Companies;
import org.drawbridge.kernel.Ids;
import org.drawbridge.problem.NotFound;
import org.jspecify.annotations.Nullable;

/** Opens unlock requests; never a second one beside one that is open. */
@ApplicationScoped
public class RequestingUnlock {

  private static final int SMALLEST = 10;
  private static final int GREATEST = 99;
  private static final int CHOICES = 3;

  @Inject Accounts accounts;
  @Inject PolicyHolds policies;
  @Inject RelockRules rules;
  @Inject UnlockRequests requests;
  @Inject ApprovalNotices notices;
  @Inject Companies companies;
  @Inject Clock clock;

  private final SecureRandom random = new SecureRandom();

  /**
   * A login was blocked: asks the account's user, or counts the attempt on the request that there
   * is.
   *
   * @return the request that waits for the user; empty where the user may not override the lock, or
   *     has said no already
   */
  public Optional<UnlockRequest> attempted(
      UUID companyId, UUID applicationId, String userAccountId, Attempt attempt) {
    Account found = accounts.named(companyId, applicationId, userAccountId).orElse(null);
    if (found == null || found.userId() == null) {
      return Optional.empty();
    }
    Account account = accounts.lock(companyId, found.id());
    Instant now = clock.instant();
    UnlockRequest newest = requests.newest(account).orElse(null);
    if (newest != null && newest.isInTheWay(now)) {
      newest.attempted(attempt);
      return Optional.of(newest).filter(r -> r.stateAt(now) == UnlockRequest.State.PENDING);
    }
    UUID userId = account.userId();
    if (userId == null || !isLocked(account, now) || !mayBeAsked(account)) {
      return Optional.empty();
    }
    UnlockRequest request = open(account, userId, attempt, now);
    notices.asked(request, account, attempt);
    return Optional.of(request);
  }

  /**
   * The owner asks without a login; the request still wants the owner's passkey.
   *
   * @throws UnlockForbidden where a policy does not leave it to the owner
   */
  public UnlockRequest request(UserCaller owner, UUID accountId) {
    Account account = accounts.lock(owner.reach(), accountId);
    if (!owner.userId().equals(account.userId())) {
      throw new NotFound("account");
    }
    policies.of(account).requireLettingOwnerWithApprovers();
    Instant now = clock.instant();
    return requests
        .newest(account)
        .filter(request -> request.isOpen() && request.isInTheWay(now))
        .orElseGet(() -> open(account, owner.userId(), null, now));
  }

  /** A policy's approval round is opened: asks the owner of a locked account, who may say no. */
  public void offered(UUID companyId, UUID accountId) {
    Account account = accounts.lock(companyId, accountId);
    Instant now = clock.instant();
    UUID userId = account.userId();
    boolean isAsked =
        requests.newest(account).filter(request -> request.isInTheWay(now)).isPresent();
    if (userId == null || isAsked || !isLocked(account, now) || !mayBeAsked(account)) {
      return;
    }
    notices.offered(open(account, userId, null, now), account);
  }

  private UnlockRequest open(Account account, UUID userId, @Nullable Attempt attempt, Instant now) {
    UnlockRequest request =
        new UnlockRequest(account.companyId(), Ids.next(now), account.id(), userId, attempt, now);
    // Nobody sees a login page who asks without one.
    if (attempt != null && companies.get(account.companyId()).matchesNumbers()) {
      List<Integer> choices = choices();
      request.match(choices.get(random.nextInt(CHOICES)), choices);
    }
    requests.add(request);
    notices.log(
        account.companyId(),
        "unlock-requested",
        request.id(),
        Map.of("account", account.id().toString()));
    return request;
  }

  private List<Integer> choices() {
    Set<Integer> choices = new LinkedHashSet<>();
    while (choices.size() < CHOICES) {
      choices.add(random.nextInt(SMALLEST, GREATEST + 1));
    }
    return List.copyOf(choices);
  }

  private boolean isLocked(Account account, Instant now) {
    return account.isEnabled()
        && account.isLockedAt(now, rules.of(account.companyId(), account.userId()));
  }

  private boolean mayBeAsked(Account account) {
    return policies.of(account).letOwnerWithApprovers();
  }
}
