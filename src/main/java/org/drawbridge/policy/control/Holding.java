package org.drawbridge.policy.control;

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
import java.util.List;
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

  /** Carries out the next chunk of an execution that the transaction holds. */
  public void next(PolicyExecution execution) {
    Policy policy = policies.hold(execution.companyId(), execution.policyId());
    Instant now = clock.instant();
    if (policy == null) {
      execution.finish(now);
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
              int changed =
                  change(
                      connection,
                      policy,
                      chunk,
                      execution.effect().action(),
                      execution.actor(),
                      now);
              if (!chunk.isEmpty()) {
                execution.chunkDone(chunk.get(chunk.size() - 1), changed);
              }
              if (chunk.size() < CHUNK) {
                execution.finish(now);
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
      execution.chunkDone(chunk.get(chunk.size() - 1), 0);
    }
    if (chunk.size() < ASKED) {
      execution.finish(now);
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
  private static int change(
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
    HoldStatements sql = new HoldStatements(connection, policy);
    List<HeldAccount> held = sql.hold(concerned);
    List<HoldChange> changes =
        held.stream()
            .map(account -> HoldChange.of(account, action, now))
            .filter(HoldChange::isOne)
            .toList();
    sql.write(changes, action == null ? LockCause.POLICY_RELEASED : LockCause.POLICY, actor, now);
    return changes.size();
  }
}
