package org.drawbridge.policy.control;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.drawbridge.account.entity.LockCause;
import org.drawbridge.account.entity.PolicyAction;
import org.drawbridge.policy.entity.ApprovalRoundOpened;
import org.drawbridge.policy.entity.Effect;
import org.drawbridge.policy.entity.Policy;
import org.drawbridge.policy.entity.PolicyExecution;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * Makes accounts feel what their policies say: sets and lifts the holds, keeps the strongest of
 * them with the account, and writes a lock change and an entry of the activity log for each account
 * that changes.
 */
@ApplicationScoped
public class Holding {

  /** So many accounts at once keep others waiting only briefly. */
  static final int CHUNK = 2_000;

  /** Asking takes longer than locking, and holds each account meanwhile. */
  private static final int ASKED = 100;

  @PersistenceContext EntityManager entities;
  @Inject Policies policies;
  @Inject Event<ApprovalRoundOpened> rounds;
  @Inject Clock clock;

  /**
   * Carries out executions of one company at once, which the transaction holds, and which do the
   * same: each statement costs about as much for hundreds of policies as for one.
   *
   * @return false, having done nothing, where that is more than a chunk, or some of them are for
   *     the same account
   */
  public boolean together(List<PolicyExecution> executions) {
    PolicyExecution first = executions.get(0);
    UUID company = first.companyId();
    List<UUID> ids = executions.stream().map(PolicyExecution::policyId).toList();
    policies.hold(company, ids);
    Instant now = clock.instant();
    return entities
        .unwrap(Session.class)
        .doReturningWork(
            connection -> {
              Optional<Map<UUID, UUID>> members =
                  MemberStatements.ofAll(connection, company, ids, CHUNK);
              if (members.isEmpty()) {
                return false;
              }
              Map<UUID, Long> changed =
                  change(
                          connection,
                          company,
                          members.get(),
                          first.effect().action(),
                          first.actor(),
                          now)
                      .stream()
                      .collect(groupingBy(HoldChange::policyId, counting()));
              executions.forEach(e -> e.finish(changed.getOrDefault(e.policyId(), 0L), now));
              return true;
            });
  }

  /** Carries out the next chunk of an execution that the transaction holds. */
  public void next(PolicyExecution execution) {
    Policy policy = policies.hold(execution.companyId(), execution.policyId());
    Instant now = clock.instant();
    if (policy == null) {
      execution.finish(0, now);
      return;
    }
    if (execution.effect() == Effect.APPROVAL_ROUND) {
      ask(policy, execution, now);
      return;
    }
    boolean releases = execution.effect() == Effect.RELEASE;
    entities
        .unwrap(Session.class)
        .doWork(
            connection -> {
              MemberStatements members = new MemberStatements(connection, policy);
              List<UUID> chunk =
                  releases
                      ? members.held(execution.doneTo(), CHUNK)
                      : members.members(execution.groupId(), execution.doneTo(), CHUNK);
              long changed =
                  change(
                      connection,
                      policy,
                      chunk,
                      execution.effect().action(),
                      execution.actor(),
                      now);
              if (chunk.size() < CHUNK) {
                execution.finish(changed, now);
              } else {
                execution.chunkDone(chunk.get(chunk.size() - 1), changed);
              }
            });
  }

  private void ask(Policy policy, PolicyExecution execution, Instant now) {
    List<UUID> chunk =
        entities
            .unwrap(Session.class)
            .doReturningWork(
                connection ->
                    new MemberStatements(connection, policy)
                        .members(execution.groupId(), execution.doneTo(), ASKED));
    if (!chunk.isEmpty()) {
      rounds.fire(new ApprovalRoundOpened(policy.companyId(), policy.id(), Set.copyOf(chunk)));
    }
    if (chunk.size() < ASKED) {
      execution.finish(0, now);
    } else {
      execution.chunkDone(chunk.get(chunk.size() - 1), 0);
    }
  }

  /** Applies the action to some accounts, in the current transaction. */
  void apply(
      Policy policy, PolicyAction action, Collection<UUID> accounts, String actor, Instant now) {
    changeNow(policy, accounts, action, actor, now);
  }

  /** Lets go of those of the accounts that are members no longer, in no way. */
  void release(Policy policy, Collection<UUID> accounts, String actor, Instant now) {
    changeNow(policy, accounts, null, actor, now);
  }

  private void changeNow(
      Policy policy,
      Collection<UUID> accounts,
      @Nullable PolicyAction action,
      String actor,
      Instant now) {
    if (accounts.isEmpty()) {
      return;
    }
    entities.flush();
    entities
        .unwrap(Session.class)
        .doWork(connection -> change(connection, policy, accounts, action, actor, now));
  }

  /**
   * @param action null to let go of those that are members no longer
   * @return how many accounts have changed
   */
  private static long change(
      Connection connection,
      Policy policy,
      Collection<UUID> accounts,
      @Nullable PolicyAction action,
      String actor,
      Instant now)
      throws SQLException {
    Collection<UUID> concerned =
        action == null && !policy.isDeleted() && policy.inForce() != null
            ? new MemberStatements(connection, policy).withoutMembers(accounts)
            : accounts;
    Map<UUID, UUID> policies = new HashMap<>();
    concerned.forEach(account -> policies.put(account, policy.id()));
    return change(connection, policy.companyId(), policies, action, actor, now).size();
  }

  /**
   * @param policies the policy that acts on each account
   * @return what has changed
   */
  private static List<HoldChange> change(
      Connection connection,
      UUID company,
      Map<UUID, UUID> policies,
      @Nullable PolicyAction action,
      String actor,
      Instant now)
      throws SQLException {
    HoldStatements sql = new HoldStatements(connection, company);
    List<HeldAccount> held = sql.hold(policies);
    // For these, to unlock means to let go: the rest is for their approvers to say.
    Set<UUID> kept =
        action == PolicyAction.UNLOCK
            ? MemberStatements.keptByApprovers(connection, company, policies, now)
            : Set.of();
    List<HoldChange> changes =
        held.stream()
            .map(
                account -> HoldChange.of(account, kept.contains(account.id()) ? null : action, now))
            .filter(HoldChange::isOne)
            .toList();
    sql.write(changes, action == null ? LockCause.POLICY_RELEASED : LockCause.POLICY, actor, now);
    return changes;
  }
}
