package org.drawbridge.policy.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.drawbridge.account.control.PolicyHolds;
import org.drawbridge.account.entity.Account;
import org.drawbridge.account.entity.Holds;
import org.drawbridge.account.entity.PolicyAction;
import org.drawbridge.account.entity.PolicyHold;
import org.drawbridge.policy.entity.Policy;
import org.drawbridge.policy.entity.PolicyTerms;

/** The policies that accounts are under. */
@ApplicationScoped
public class AccountPolicies implements PolicyHolds {

  private static final String MEMBERSHIP =
      " from policies p where p.company_id = :company and p.deleted_at is null"
          + " and (exists (select 1 from policy_members m where m.company_id = p.company_id"
          + " and m.policy_id = p.id and m.account_id = :account)"
          + " or exists (select 1 from policy_group_members g join account_group_members m"
          + " on m.company_id = g.company_id and m.group_id = g.group_id"
          + " where g.company_id = p.company_id and g.policy_id = p.id"
          + " and m.account_id = :account))";

  @PersistenceContext EntityManager entities;
  @Inject Clock clock;

  @Override
  public Holds of(Account account) {
    Instant now = clock.instant();
    List<?> held =
        entities
            .createNativeQuery(
                "select cast(h.policy_id as varchar), h.effect from policy_holds h"
                    + " where h.company_id = :company and h.account_id = :account")
            .setParameter("company", account.companyId())
            .setParameter("account", account.id())
            .getResultList();
    return new Holds(
        policiesOf(account).stream()
            .map(policy -> hold(policy, effect(held, policy.id()), now))
            .filter(hold -> hold.effect() != null || hold.asksApprovers())
            .toList());
  }

  private static PolicyHold hold(Policy policy, Optional<PolicyAction> effect, Instant now) {
    PolicyTerms terms = policy.terms();
    return new PolicyHold(
        policy.id(),
        terms.policyName(),
        effect.orElse(null),
        terms.allowUnlock(),
        terms.asksApproversAt(now) ? terms.requiredApprovals() : 0);
  }

  private static Optional<PolicyAction> effect(List<?> held, UUID policyId) {
    return held.stream()
        .map(row -> (Object[]) row)
        .filter(row -> policyId.toString().equals(row[0]))
        .map(row -> PolicyAction.valueOf(String.valueOf(row[1])))
        .findFirst();
  }

  /** Those it is a member of, by itself or through a group. */
  @SuppressWarnings("unchecked")
  private List<Policy> policiesOf(Account account) {
    return entities
        .createNativeQuery("select p.*" + MEMBERSHIP, Policy.class)
        .setParameter("company", account.companyId())
        .setParameter("account", account.id())
        .getResultList();
  }

  @Override
  public Optional<PolicyChange> next(Account account) {
    Instant now = clock.instant();
    List<Policy> all = policiesOf(account);
    return all.stream()
        .filter(policy -> policy.dueAt() != null)
        .map(policy -> change(policy, all, now))
        .flatMap(Optional::stream)
        .min(Comparator.comparing(PolicyChange::at).thenComparing(PolicyChange::policyId));
  }

  private static Optional<PolicyChange> change(Policy policy, List<Policy> all, Instant now) {
    PolicyTerms terms = policy.terms();
    PolicyAction action = terms.action();
    Instant at = policy.dueAt();
    if (at == null || action == null) {
      return Optional.empty();
    }
    boolean ends = at.equals(terms.endDate());
    if (ends && policy.inForce() == null) {
      return Optional.empty();
    }
    if (action == PolicyAction.UNLOCK && isKeptByApprovers(policy, all, at)) {
      return Optional.empty();
    }
    return Optional.of(
        new PolicyChange(
            policy.id(),
            terms.policyName(),
            at.isBefore(now) ? now : at,
            !ends && action.holds(),
            ends));
  }

  /** Whether an unlock needs the approvers of another policy then, so that this one brings none. */
  private static boolean isKeptByApprovers(Policy policy, List<Policy> all, Instant at) {
    return all.stream().anyMatch(p -> !p.id().equals(policy.id()) && p.terms().asksApproversAt(at));
  }

  @Override
  public void override(Account account) {
    entities
        .createNativeQuery(
            "delete from policy_holds where company_id = :company and account_id = :account")
        .setParameter("company", account.companyId())
        .setParameter("account", account.id())
        .executeUpdate();
  }
}
