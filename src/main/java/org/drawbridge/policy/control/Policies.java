package org.drawbridge.policy.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.drawbridge.access.Reach;
import org.drawbridge.kernel.OwnedId;
import org.drawbridge.policy.entity.Policy;
import org.drawbridge.problem.NotFound;
import org.jspecify.annotations.Nullable;

/** The policies of the companies, without those that are deleted. */
@ApplicationScoped
public class Policies {

  @PersistenceContext EntityManager entities;

  public void add(Policy policy) {
    entities.persist(policy);
  }

  /** By name, then by age. */
  public List<Policy> of(UUID companyId) {
    return entities
        .createQuery(
            "select p from Policy p where p.companyId = :company and p.deletedAt is null"
                + " order by p.terms.policyName, p.id",
            Policy.class)
        .setParameter("company", companyId)
        .getResultList();
  }

  public boolean hasKey(UUID companyId, String key) {
    return !entities
        .createQuery(
            "select p.id from Policy p where p.companyId = :company and p.key = :key", UUID.class)
        .setParameter("company", companyId)
        .setParameter("key", key)
        .getResultList()
        .isEmpty();
  }

  /**
   * @throws NotFound where there is none, or its company is out of reach
   */
  public Policy get(Reach reach, UUID id) {
    return entities
        .createQuery("select p from Policy p where p.id = :id", Policy.class)
        .setParameter("id", id)
        .getResultStream()
        .filter(p -> reach.includes(p.companyId()) && !p.isDeleted())
        .findFirst()
        .orElseThrow(() -> new NotFound("policy"));
  }

  /** The same, holding its row, so that simultaneous changes lose nothing. */
  public Policy lock(Reach reach, UUID id) {
    Policy policy = get(reach, id);
    entities.refresh(policy, LockModeType.PESSIMISTIC_WRITE);
    if (policy.isDeleted()) {
      throw new NotFound("policy");
    }
    return policy;
  }

  /** Also one that is deleted; its row is held, so that its members stay the same meanwhile. */
  @Nullable Policy hold(UUID companyId, UUID id) {
    return entities.find(Policy.class, new OwnedId(companyId, id), LockModeType.PESSIMISTIC_WRITE);
  }

  /** The same of several, which are held in the order of their ids. */
  void hold(UUID companyId, Collection<UUID> ids) {
    entities
        .createQuery(
            "select p from Policy p where p.companyId = :company and p.id in :ids order by p.id",
            Policy.class)
        .setParameter("company", companyId)
        .setParameter("ids", ids)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultList();
  }

  /** Those that a group is a member of, by id; their rows are held. */
  List<Policy> ofGroup(UUID companyId, UUID groupId) {
    @SuppressWarnings("unchecked")
    List<Policy> found =
        entities
            .createNativeQuery(
                "select p.* from policies p where p.company_id = :company"
                    + " and p.deleted_at is null and exists (select 1"
                    + " from policy_group_members g where g.company_id = p.company_id"
                    + " and g.policy_id = p.id and g.group_id = :group) order by p.id for update",
                Policy.class)
            .setParameter("company", companyId)
            .setParameter("group", groupId)
            .getResultList();
    return found;
  }

  /** Writes what has changed, so that statements past the entity manager see it. */
  public void flush() {
    entities.flush();
  }

  /** When the timer has something to do next; empty for never. */
  public Optional<Instant> nextDue() {
    return Optional.ofNullable(
        entities.createQuery("select min(p.dueAt) from Policy p", Instant.class).getSingleResult());
  }

  /**
   * Takes policies that are due and that no other node has taken, those due longest first, and
   * holds them until the transaction ends.
   */
  public List<Policy> claimDue(Instant now, int most) {
    @SuppressWarnings("unchecked")
    List<Policy> claimed =
        entities
            .createNativeQuery(
                "select * from policies where due_at <= :now order by due_at, id"
                    + " fetch first "
                    + most
                    + " rows only for update skip locked",
                Policy.class)
            .setParameter("now", now)
            .getResultList();
    return claimed;
  }
}
