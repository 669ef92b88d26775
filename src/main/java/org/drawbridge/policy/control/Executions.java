package org.drawbridge.policy.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.drawbridge.account.entity.LockChange;
import org.drawbridge.account.entity.PolicyAction;
import org.drawbridge.kernel.CompanyEvent;
import org.drawbridge.kernel.Ids;
import org.drawbridge.kernel.Vault;
import org.drawbridge.policy.entity.Effect;
import org.drawbridge.policy.entity.Policy;
import org.drawbridge.policy.entity.PolicyChanged;
import org.drawbridge.policy.entity.PolicyExecution;
import org.drawbridge.policy.entity.PolicyNotActive;
import org.drawbridge.policy.entity.PolicyTerms;
import org.drawbridge.policy.entity.PolicyType;
import org.jspecify.annotations.Nullable;

/**
 * Decides when policies act, and records that they do, once for each occurrence. Carrying it out is
 * {@link Holding}'s.
 */
@ApplicationScoped
public class Executions {

  /** Hibernate's word for it, where JPA has none. */
  private static final int SKIP_LOCKED = -2;

  @PersistenceContext EntityManager entities;
  @Inject Policies policies;
  @Inject Event<CompanyEvent> events;
  @Inject Clock clock;

  /** Sets when the timer has to look at the policy next: its next occurrence, beginning or end. */
  void plan(Policy policy, Instant after) {
    PolicyTerms terms = policy.terms();
    if (terms.hasEndedAt(after)) {
      // The end itself is due once, where something is in force.
      policy.dueAt(policy.inForce() == null ? null : terms.endDate());
      return;
    }
    Instant end = terms.endDate();
    Instant next = PolicySchedule.next(terms, after).map(Occurrence::at).orElse(null);
    if (terms.policyType() == PolicyType.MULTI_APPROVAL && !terms.hasBegunAt(after)) {
      next = terms.activeDate();
    }
    policy.dueAt(next == null || (end != null && end.isBefore(next)) ? end : next);
  }

  /**
   * A MULTI_APPROVAL policy acts on its accounts as soon as it is active and they are assigned.
   *
   * @param before how it has acted on those that it has; null where it has not
   */
  void actOnAssignment(Policy policy, @Nullable PolicyAction before, String actor, Instant now) {
    PolicyAction action = onAssignment(policy.terms(), now);
    if (action != null && action != before) {
      policy.takeEffect(action);
      open(policy, "assigned", Effect.of(action), null, actor, now);
    }
  }

  /** What such terms do to an account as soon as it is assigned; null for nothing. */
  static @Nullable PolicyAction onAssignment(PolicyTerms terms, Instant now) {
    return terms.asksApproversAt(now) ? terms.action() : null;
  }

  /** What an account feels that becomes a member now; null for nothing. */
  @Nullable PolicyAction actionOnMembers(Policy policy, Instant now) {
    PolicyAction atOnce = onAssignment(policy.terms(), now);
    return atOnce == null ? policy.inForce() : atOnce;
  }

  /**
   * Acts now, at somebody's word.
   *
   * @param idempotencyKey equal for the same wish; null where the call may be answered with one
   *     that has not begun
   * @throws PolicyNotActive outside the policy's active time
   */
  public PolicyExecution execute(Policy policy, String actor, @Nullable String idempotencyKey) {
    Instant now = clock.instant();
    UUID id = Ids.next(now);
    String occurrence =
        "request:" + (idempotencyKey == null ? id.toString() : hash(idempotencyKey));
    Optional<PolicyExecution> earlier = at(policy, occurrence);
    if (earlier.isPresent()) {
      return earlier.get();
    }
    PolicyAction action = policy.terms().action();
    if (!policy.terms().isActiveAt(now) || action == null) {
      throw new PolicyNotActive();
    }
    boolean round = policy.terms().policyType() == PolicyType.MULTI_APPROVAL;
    if (!round) {
      policy.takeEffect(action);
    }
    Effect effect = round ? Effect.APPROVAL_ROUND : Effect.of(action);
    Optional<PolicyExecution> waiting =
        idempotencyKey == null ? waiting(policy, effect, actor) : Optional.empty();
    return waiting.orElseGet(
        () -> add(policy, new PolicyExecution(policy, id, occurrence, effect, actor, now, now)));
  }

  /**
   * What will do the same after everything else that the policy has to do: a storm of alerts locks
   * a hundred thousand accounts once, not once for each call. Who holds the policy knows that it
   * does not begin meanwhile.
   */
  private Optional<PolicyExecution> waiting(Policy policy, Effect effect, String actor) {
    return entities
        .createQuery(
            "select e from PolicyExecution e where e.companyId = :company"
                + " and e.policyId = :policy and e.finishedAt is null"
                + " order by e.dueAt desc, e.id desc",
            PolicyExecution.class)
        .setParameter("company", policy.companyId())
        .setParameter("policy", policy.id())
        .setMaxResults(1)
        .getResultStream()
        .findFirst()
        .filter(execution -> execution.isStillToDo(effect, actor));
  }

  /** Of any length, for a column of bounded length. */
  private static String hash(String key) {
    return HexFormat.of().formatHex(Vault.sha256(key.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Acts on what has come due, and plans what comes next. The policies are held by the transaction,
   * so no other node does the same; that an occurrence cannot be recorded twice is the database's.
   */
  public void actOnDue(List<Policy> policies, Instant now) {
    Map<Policy, Instant> occurrences = new LinkedHashMap<>();
    List<Policy> due =
        policies.stream().filter(p -> p.dueAt() != null && !p.dueAt().isAfter(now)).toList();
    for (Policy policy : due) {
      Instant from = Objects.requireNonNull(policy.dueAt());
      PolicySchedule.latest(policy.terms(), from, now)
          .ifPresent(occurrence -> occurrences.put(policy, occurrence.at()));
    }
    Set<String> known = known(occurrences);
    for (Policy policy : due) {
      Instant occurrence = occurrences.get(policy);
      if (occurrence != null && !known.contains(policy.id() + key(occurrence))) {
        actAt(policy, occurrence, now);
      }
      if (policy.terms().hasEndedAt(now)) {
        end(policy, LockChange.BY_ITSELF, now);
      } else {
        actOnAssignment(policy, null, LockChange.BY_ITSELF, now);
        plan(policy, now);
      }
    }
  }

  private void actAt(Policy policy, Instant occurrence, Instant now) {
    PolicyAction action = Objects.requireNonNull(policy.terms().action());
    policy.takeEffect(action);
    add(
        policy,
        new PolicyExecution(
            policy,
            Ids.next(now),
            key(occurrence),
            Effect.of(action),
            LockChange.BY_ITSELF,
            occurrence,
            now));
  }

  private static String key(Instant occurrence) {
    return "schedule:" + occurrence;
  }

  /** Policy and key of those that are recorded already: by a node whose clock is ahead. */
  private Set<String> known(Map<Policy, Instant> occurrences) {
    if (occurrences.isEmpty()) {
      return Set.of();
    }
    return entities
        .createQuery(
            "select e.policyId, e.occurrence from PolicyExecution e"
                + " where e.companyId in :companies and e.policyId in :policies"
                + " and e.occurrence in :occurrences",
            Object[].class)
        .setParameter("companies", ids(occurrences, Policy::companyId))
        .setParameter("policies", ids(occurrences, Policy::id))
        .setParameter(
            "occurrences",
            occurrences.values().stream().map(Executions::key).collect(Collectors.toSet()))
        .getResultStream()
        .map(row -> row[0].toString() + row[1])
        .collect(Collectors.toSet());
  }

  private static Set<UUID> ids(Map<Policy, Instant> policies, Function<Policy, UUID> id) {
    return policies.keySet().stream().map(id).collect(Collectors.toSet());
  }

  /** Ends the policy and lets go of what it holds. */
  void end(Policy policy, String actor, Instant now) {
    boolean held = policy.inForce() != null;
    policy.end();
    if (held) {
      open(policy, "ended", Effect.RELEASE, null, actor, now);
      events.fire(changed(policy, "policy-ended", Map.of()));
    }
  }

  /** The policy is to begin later: lets go of what it holds until then. */
  void putOff(Policy policy, String actor, Instant now) {
    if (policy.inForce() != null) {
      policy.end();
      open(policy, "put-off", Effect.RELEASE, null, actor, now);
    }
  }

  /**
   * @param why part of the key of the execution; made unique by its id
   */
  PolicyExecution open(
      Policy policy, String why, Effect effect, @Nullable UUID group, String actor, Instant now) {
    UUID id = Ids.next(now);
    PolicyExecution execution =
        new PolicyExecution(policy, id, why + ":" + id, effect, actor, now, now);
    return add(policy, group == null ? execution : execution.onlyGroup(group));
  }

  private PolicyExecution add(Policy policy, PolicyExecution execution) {
    entities.persist(execution);
    if (execution.effect() != Effect.RELEASE) {
      events.fire(
          changed(
              policy,
              "policy-executed",
              Map.of("execution", execution.id().toString(), "effect", execution.effect().name())));
    }
    return execution;
  }

  private Optional<PolicyExecution> at(Policy policy, String occurrence) {
    return entities
        .createQuery(
            "select e from PolicyExecution e where e.companyId = :company"
                + " and e.policyId = :policy and e.occurrence = :occurrence",
            PolicyExecution.class)
        .setParameter("company", policy.companyId())
        .setParameter("policy", policy.id())
        .setParameter("occurrence", occurrence)
        .getResultStream()
        .findFirst();
  }

  /**
   * Which executions are to be carried out next: of each policy the oldest. What different policies
   * do to an account comes to the same in any order, so none waits for another's. Companies take
   * turns, so that none waits for all policies of another.
   *
   * @param most of how many policies
   */
  public List<ExecutionBatch> next(int most) {
    @SuppressWarnings("unchecked")
    List<PolicyExecution> oldest =
        entities
            .createNativeQuery(
                // Windows, because their cost grows with what is unfinished alone: an anti-join
                // takes the square of that where the database believes it to be nothing.
                "select * from (select o.*, row_number() over (partition by company_id"
                    + " order by due_at, id) as turn from (select e.*, row_number() over"
                    + " (partition by company_id, policy_id order by due_at, id) as place"
                    + " from policy_executions e where finished_at is null) o where place = 1) t"
                    + " order by turn, due_at, id fetch first "
                    + most
                    + " rows only",
                PolicyExecution.class)
            .getResultList();
    return ExecutionBatch.of(oldest);
  }

  /** The oldest of the policy that is not finished. */
  public Optional<ExecutionBatch> next(UUID policyId) {
    return entities
        .createQuery(
            "select e from PolicyExecution e where e.finishedAt is null and e.policyId = :policy"
                + " order by e.dueAt, e.id",
            PolicyExecution.class)
        .setParameter("policy", policyId)
        .setMaxResults(1)
        .getResultStream()
        .findFirst()
        .map(ExecutionBatch::of);
  }

  /** Holds those that are not finished, and that no other node has, until the transaction ends. */
  public List<PolicyExecution> claim(ExecutionBatch batch) {
    return entities
        .createQuery(
            "select e from PolicyExecution e where e.companyId = :company and e.id in :ids"
                + " and e.finishedAt is null",
            PolicyExecution.class)
        .setParameter("company", batch.companyId())
        .setParameter("ids", batch.ids())
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .setHint("jakarta.persistence.lock.timeout", SKIP_LOCKED)
        .getResultList();
  }

  private static PolicyChanged changed(Policy policy, String type, Map<String, String> details) {
    return new PolicyChanged(policy.companyId(), type, policy.id(), details);
  }
}
