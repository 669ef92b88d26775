package org.drawbridge.policy.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
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
   * @param idempotencyKey equal for the same wish; null where each call is a new one
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
    PolicyExecution execution =
        new PolicyExecution(
            policy,
            id,
            occurrence,
            round ? Effect.APPROVAL_ROUND : Effect.of(action),
            actor,
            now,
            now);
    if (!round) {
      policy.takeEffect(action);
    }
    return add(policy, execution);
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
   * do to an account comes to the same in any order, so none waits for another's.
   *
   * @param policyId null for every policy
   * @param most among how many of the oldest is looked
   */
  public List<ExecutionBatch> unfinished(@Nullable UUID policyId, int most) {
    TypedQuery<PolicyExecution> query =
        entities.createQuery(
            "select e from PolicyExecution e where e.finishedAt is null"
                + (policyId == null ? "" : " and e.policyId = :policy")
                + " order by e.dueAt, e.id",
            PolicyExecution.class);
    if (policyId != null) {
      query.setParameter("policy", policyId);
    }
    Map<UUID, PolicyExecution> oldest = new LinkedHashMap<>();
    for (PolicyExecution execution : query.setMaxResults(most).getResultList()) {
      oldest.putIfAbsent(execution.policyId(), execution);
    }
    return ExecutionBatch.of(oldest.values());
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
