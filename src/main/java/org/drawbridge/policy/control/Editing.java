package org.drawbridge.policy.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.drawbridge.access.Caller;
import org.drawbridge.account.entity.PolicyAction;
import org.drawbridge.kernel.CompanyEvent;
import org.drawbridge.kernel.Ids;
import org.drawbridge.kernel.IfMatch;
import org.drawbridge.policy.control.PolicyMembers.Kind;
import org.drawbridge.policy.entity.Effect;
import org.drawbridge.policy.entity.Policy;
import org.drawbridge.policy.entity.PolicyChanged;
import org.drawbridge.policy.entity.PolicyKeyTaken;
import org.drawbridge.policy.entity.PolicyTerms;
import org.drawbridge.problem.Malformed;
import org.drawbridge.problem.MemberError;
import org.jspecify.annotations.Nullable;

/**
 * Writes policies. What a change does to accounts is recorded as an execution in the same
 * transaction, to be carried out after it.
 */
@ApplicationScoped
public class Editing {

  @Inject Policies policies;
  @Inject PolicyMembers members;
  @Inject References references;
  @Inject Executions executions;
  @Inject Holding holding;
  @Inject Event<CompanyEvent> events;
  @Inject Clock clock;

  /** References to add and to remove, by the member of the request that they stand in. */
  public record MemberChange(
      Kind kind,
      String memberToAdd,
      @Nullable List<String> toAdd,
      String memberToRemove,
      @Nullable List<String> toRemove) {}

  private record Resolved(Kind kind, Set<UUID> added, Set<UUID> removed) {}

  /**
   * @param key null for one that is made up
   */
  public Policy create(
      Caller caller,
      UUID companyId,
      @Nullable String key,
      PolicyTerms given,
      @Nullable List<String> approvers,
      @Nullable List<String> fallbackApprovers) {
    PolicyTerms terms = TermsRules.require(given);
    List<MemberError> errors = new ArrayList<>();
    Set<UUID> users = references.resolve(companyId, Kind.APPROVERS, "approvers", approvers, errors);
    Set<UUID> fallback =
        references.resolve(
            companyId, Kind.FALLBACK_APPROVERS, "fallbackApprovers", fallbackApprovers, errors);
    refuse(errors);
    Instant now = clock.instant();
    UUID id = Ids.next(now);
    String known = key == null ? Ids.letters(id) : key;
    if (policies.hasKey(companyId, known)) {
      throw new PolicyKeyTaken();
    }
    Policy policy = new Policy(companyId, id, known, terms, now);
    executions.plan(policy, now);
    policies.add(policy);
    policies.flush();
    members.add(policy, Kind.APPROVERS, users);
    members.add(policy, Kind.FALLBACK_APPROVERS, fallback);
    events.fire(changed(policy, "policy-added", Map.of("key", known)));
    executions.actOnAssignment(policy, null, caller.actor(), now);
    return policy;
  }

  /**
   * @param expectedRevision null where the caller does not care
   * @throws StaleVersion where another version is the current one
   */
  public Policy revise(
      Caller caller,
      Policy policy,
      @Nullable Long expectedRevision,
      PolicyTerms given,
      List<MemberChange> changes) {
    IfMatch.require(expectedRevision, policy.revision());
    PolicyTerms terms = TermsRules.require(given);
    List<MemberError> errors = new ArrayList<>();
    List<Resolved> resolved = new ArrayList<>();
    for (MemberChange change : changes) {
      resolved.add(resolve(policy, change, errors));
    }
    refuse(errors);
    Instant now = clock.instant();
    // What has come due under the old terms still happens.
    executions.actOnDue(List.of(policy), now);
    PolicyAction before = Executions.onAssignment(policy.terms(), now);
    policy.revise(terms, now);
    // Outside its active time it holds nothing, neither what it has nor what is added now.
    if (terms.hasEndedAt(now)) {
      executions.end(policy, caller.actor(), now);
    } else if (!terms.hasBegunAt(now)) {
      executions.putOff(policy, caller.actor(), now);
    }
    executions.plan(policy, now);
    for (Resolved change : resolved) {
      members.remove(policy, change.kind(), change.removed());
      members.add(policy, change.kind(), change.added());
    }
    policies.flush();
    for (Resolved change : resolved) {
      followMembers(caller, policy, change, now);
    }
    executions.actOnAssignment(policy, before, caller.actor(), now);
    events.fire(changed(policy, "policy-changed", Map.of()));
    return policy;
  }

  /** A member that is there already, or is not there to be removed, changes nothing. */
  private Resolved resolve(Policy policy, MemberChange change, List<MemberError> errors) {
    UUID company = policy.companyId();
    Kind kind = change.kind();
    Set<UUID> present = members.ids(policy, kind);
    Set<UUID> added =
        new LinkedHashSet<>(
            references.resolve(company, kind, change.memberToAdd(), change.toAdd(), errors));
    Set<UUID> removed =
        new HashSet<>(
            references.resolve(company, kind, change.memberToRemove(), change.toRemove(), errors));
    removed.removeAll(added);
    removed.retainAll(present);
    added.removeAll(present);
    return new Resolved(kind, added, removed);
  }

  /** What becomes a member of a policy in force is held at once; what leaves is let go. */
  private void followMembers(Caller caller, Policy policy, Resolved change, Instant now) {
    PolicyAction inForce = executions.actionOnMembers(policy, now);
    if (inForce == null) {
      return;
    }
    switch (change.kind()) {
      case ACCOUNTS -> {
        holding.release(policy, change.removed(), caller.actor(), now);
        holding.apply(policy, inForce, change.added(), caller.actor(), now);
      }
      case GROUPS -> {
        if (!change.removed().isEmpty()) {
          executions.open(policy, "groups-removed", Effect.RELEASE, null, caller.actor(), now);
        }
        for (UUID group : change.added()) {
          executions.open(policy, "group-added", Effect.of(inForce), group, caller.actor(), now);
        }
      }
      case APPROVERS, FALLBACK_APPROVERS -> {}
    }
  }

  /** Lets go of everything that the policy holds. */
  public void delete(Caller caller, Policy policy, @Nullable Long expectedRevision) {
    IfMatch.require(expectedRevision, policy.revision());
    Instant now = clock.instant();
    policy.delete(now);
    executions.open(policy, "deleted", Effect.RELEASE, null, caller.actor(), now);
    events.fire(changed(policy, "policy-deleted", Map.of("name", policy.terms().policyName())));
  }

  private static void refuse(List<MemberError> errors) {
    if (!errors.isEmpty()) {
      throw new Malformed(errors);
    }
  }

  private static PolicyChanged changed(Policy policy, String type, Map<String, String> details) {
    return new PolicyChanged(policy.companyId(), type, policy.id(), details);
  }
}
