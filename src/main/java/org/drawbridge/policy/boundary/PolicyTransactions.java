package org.drawbridge.policy.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.drawbridge.access.Caller;
import org.drawbridge.policy.boundary.PolicyRequests.PolicyPatch;
import org.drawbridge.policy.boundary.PolicyRequests.PolicyRequest;
import org.drawbridge.policy.control.Editing;
import org.drawbridge.policy.control.ExecutionBatch;
import org.drawbridge.policy.control.Executions;
import org.drawbridge.policy.control.Holding;
import org.drawbridge.policy.control.Policies;
import org.drawbridge.policy.entity.Policy;
import org.drawbridge.policy.entity.PolicyExecution;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of the policy calls and timers: a change is durable before what it does to
 * accounts is carried out, each chunk of which is a transaction of its own.
 */
@ApplicationScoped
@Transactional
public class PolicyTransactions {

  @Inject Policies policies;
  @Inject Editing editing;
  @Inject Executions executions;
  @Inject Holding holding;
  @Inject Clock clock;

  /** What came of an attempt to carry out a batch. */
  public enum Carried {
    ON,
    /** Somebody else is at it, or it is finished. */
    BY_OTHERS,
    /** Nothing was done; parts of it may go. */
    NOT_TOGETHER
  }

  /** Answers the id. */
  public UUID create(Caller caller, UUID companyId, PolicyRequest request) {
    return editing
        .create(
            caller,
            companyId,
            request.policyKey(),
            request.terms(),
            request.approvers(),
            request.fallbackApprovers())
        .id();
  }

  public void patch(Caller caller, UUID id, @Nullable Long expectedRevision, PolicyPatch patch) {
    Policy policy = policies.lock(caller.reach(), id);
    editing.revise(
        caller, policy, expectedRevision, patch.applied(policy.terms()), patch.members());
  }

  public void delete(Caller caller, UUID id, @Nullable Long expectedRevision) {
    editing.delete(caller, policies.lock(caller.reach(), id), expectedRevision);
  }

  /** Answers the id of the execution. */
  public UUID execute(Caller caller, UUID id, @Nullable String idempotencyKey) {
    Policy policy = policies.lock(caller.reach(), id);
    return executions.execute(policy, caller.actor(), idempotencyKey).id();
  }

  /** Records executions of policies that are due; answers how many policies were. */
  public int actOnDue(int most) {
    Instant now = clock.instant();
    List<Policy> due = policies.claimDue(now, most);
    executions.actOnDue(due, now);
    return due.size();
  }

  /** When the timer has something to do next; empty for never. */
  public Optional<Instant> nextDue() {
    return policies.nextDue();
  }

  public List<ExecutionBatch> next(int most) {
    return executions.next(most);
  }

  public Optional<ExecutionBatch> next(UUID policyId) {
    return executions.next(policyId);
  }

  /** Carries out a whole batch, or one chunk of a batch of one. */
  public Carried carryOn(ExecutionBatch batch) {
    List<PolicyExecution> claimed = executions.claim(batch);
    if (claimed.isEmpty()) {
      return Carried.BY_OTHERS;
    }
    if (claimed.size() == 1) {
      holding.next(claimed.get(0));
      return Carried.ON;
    }
    return holding.together(claimed) ? Carried.ON : Carried.NOT_TOGETHER;
  }
}
