package org.drawbridge.account.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.drawbridge.access.Reach;
import org.drawbridge.account.entity.AccountGroup;
import org.drawbridge.account.entity.AccountGroupMember;
import org.drawbridge.kernel.Page;
import org.drawbridge.kernel.PageRequest;
import org.drawbridge.problem.NotFound;

/** The groups of accounts. */
@ApplicationScoped
public class Groups {

  @PersistenceContext EntityManager entities;

  public void add(AccountGroup group) {
    entities.persist(group);
  }

  public boolean hasKey(UUID companyId, String key) {
    return entities
            .createQuery(
                "select count(g) from AccountGroup g where g.companyId = :company and g.key = :key",
                Long.class)
            .setParameter("company", companyId)
            .setParameter("key", key)
            .getSingleResult()
        > 0;
  }

  /**
   * @throws NotFound where there is none, or its company is out of reach
   */
  public AccountGroup get(Reach reach, UUID id) {
    return entities
        .createQuery("select g from AccountGroup g where g.id = :id", AccountGroup.class)
        .setParameter("id", id)
        .getResultStream()
        .filter(g -> reach.includes(g.companyId()))
        .findFirst()
        .orElseThrow(() -> new NotFound("group"));
  }

  /** The same, holding its row, so that simultaneous changes of its members lose nothing. */
  public AccountGroup lock(Reach reach, UUID id) {
    AccountGroup group = get(reach, id);
    entities.refresh(group, LockModeType.PESSIMISTIC_WRITE);
    return group;
  }

  public Page<AccountGroup> page(UUID companyId, PageRequest request) {
    List<AccountGroup> items =
        entities
            .createQuery(
                "select g from AccountGroup g where g.companyId = :company order by g.id",
                AccountGroup.class)
            .setParameter("company", companyId)
            .setFirstResult(request.offset())
            .setMaxResults(request.size())
            .getResultList();
    long total =
        entities
            .createQuery(
                "select count(g) from AccountGroup g where g.companyId = :company", Long.class)
            .setParameter("company", companyId)
            .getSingleResult();
    return Page.of(request, items, total);
  }

  public Set<UUID> members(AccountGroup group) {
    return Set.copyOf(
        entities
            .createQuery(
                "select m.accountId from AccountGroupMember m"
                    + " where m.companyId = :company and m.groupId = :group",
                UUID.class)
            .setParameter("company", group.companyId())
            .setParameter("group", group.id())
            .getResultList());
  }

  /** Those of the ids that are of the company's groups. */
  public Set<UUID> existing(UUID companyId, Collection<UUID> ids) {
    return ids.isEmpty()
        ? Set.of()
        : Set.copyOf(
            entities
                .createQuery(
                    "select g.id from AccountGroup g where g.companyId = :company and g.id in :ids",
                    UUID.class)
                .setParameter("company", companyId)
                .setParameter("ids", ids)
                .getResultList());
  }

  /** Those that any of the accounts is in, so many at most. */
  public Set<UUID> of(UUID companyId, Collection<UUID> accountIds, int most) {
    return Set.copyOf(
        entities
            .createQuery(
                "select distinct m.groupId from AccountGroupMember m"
                    + " where m.companyId = :company and m.accountId in :accounts",
                UUID.class)
            .setParameter("company", companyId)
            .setParameter("accounts", accountIds)
            .setMaxResults(most)
            .getResultList());
  }

  /** The users who own accounts of the groups, so many at most. */
  public Set<UUID> owners(UUID companyId, Set<UUID> groupIds, int most) {
    if (groupIds.isEmpty()) {
      return Set.of();
    }
    return new LinkedHashSet<>(
        entities
            .createQuery(
                "select distinct a.userId from AccountGroupMember m, Account a"
                    + " where m.companyId = :company and m.groupId in :groups"
                    + " and a.companyId = :company and a.id = m.accountId and a.userId is not null",
                UUID.class)
            .setParameter("company", companyId)
            .setParameter("groups", groupIds)
            .setMaxResults(most)
            .getResultList());
  }

  public void addMember(AccountGroup group, UUID accountId) {
    entities.persist(new AccountGroupMember(group.companyId(), group.id(), accountId));
  }

  public void removeMembers(AccountGroup group, Collection<UUID> accountIds) {
    if (accountIds.isEmpty()) {
      return;
    }
    entities
        .createQuery(
            "delete from AccountGroupMember m where m.companyId = :company"
                + " and m.groupId = :group and m.accountId in :accounts")
        .setParameter("company", group.companyId())
        .setParameter("group", group.id())
        .setParameter("accounts", accountIds)
        .executeUpdate();
  }

  /** The groups of each account; an account that is in none is missing in the answer. */
  Map<UUID, List<AccountGroup>> of(UUID companyId, Collection<UUID> accountIds) {
    if (accountIds.isEmpty()) {
      return Map.of();
    }
    return entities
        .createQuery(
            "select m.accountId, g from AccountGroupMember m"
                + " join AccountGroup g on g.companyId = m.companyId and g.id = m.groupId"
                + " where m.companyId = :company and m.accountId in :accounts order by g.key",
            Object[].class)
        .setParameter("company", companyId)
        .setParameter("accounts", accountIds)
        .getResultStream()
        .collect(
            Collectors.groupingBy(
                row -> (UUID) row[0],
                Collectors.mapping(row -> (AccountGroup) row[1], Collectors.toList())));
  }
}
