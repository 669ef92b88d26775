package org.drawbridge.policy.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.drawbridge.account.entity.Account;
import org.drawbridge.account.entity.AccountGroup;
import org.drawbridge.kernel.Page;
import org.drawbridge.kernel.PageRequest;
import org.drawbridge.policy.entity.Policy;
import org.drawbridge.user.entity.User;

/** Whom a policy is for, and who approves: accounts, groups of accounts, users. */
@ApplicationScoped
public class PolicyMembers {

  @PersistenceContext EntityManager entities;

  /** What a policy can have members of; each is a table of pairs. */
  public enum Kind {
    ACCOUNTS("policy_members", "account_id"),
    GROUPS("policy_group_members", "group_id"),
    APPROVERS("policy_approvers", "user_id"),
    FALLBACK_APPROVERS("policy_fallback_approvers", "user_id");

    private final String table;
    private final String column;

    Kind(String table, String column) {
      this.table = table;
      this.column = column;
    }

    boolean isOfUsers() {
      return this == APPROVERS || this == FALLBACK_APPROVERS;
    }
  }

  public Set<UUID> ids(Policy policy, Kind kind) {
    List<?> ids =
        of(
                policy,
                entities.createNativeQuery(
                    "select %s from %s where company_id = :company and policy_id = :policy"
                        .formatted(kind.column, kind.table),
                    UUID.class))
            .getResultList();
    return ids.stream().map(UUID.class::cast).collect(Collectors.toSet());
  }

  /** The ids must not be members yet. */
  public void add(Policy policy, Kind kind, Collection<UUID> ids) {
    for (UUID id : ids) {
      of(
              policy,
              entities.createNativeQuery(
                  "insert into %s (company_id, policy_id, %s) values (:company, :policy, :id)"
                      .formatted(kind.table, kind.column)))
          .setParameter("id", id)
          .executeUpdate();
    }
  }

  public void remove(Policy policy, Kind kind, Collection<UUID> ids) {
    for (UUID id : ids) {
      of(
              policy,
              entities.createNativeQuery(
                  "delete from %s where company_id = :company and policy_id = :policy and %s = :id"
                      .formatted(kind.table, kind.column)))
          .setParameter("id", id)
          .executeUpdate();
    }
  }

  private static Query of(Policy policy, Query query) {
    return query.setParameter("company", policy.companyId()).setParameter("policy", policy.id());
  }

  /** By user name. */
  public List<User> approvers(Policy policy) {
    return users(policy, Kind.APPROVERS);
  }

  /** Who is asked, too, where the approvers do not answer in time; by user name. */
  public List<User> fallbackApprovers(Policy policy) {
    return users(policy, Kind.FALLBACK_APPROVERS);
  }

  private List<User> users(Policy policy, Kind kind) {
    Set<UUID> ids = ids(policy, kind);
    return ids.isEmpty()
        ? List.of()
        : entities
            .createQuery(
                "select u from User u where u.companyId = :company and u.id in :ids"
                    + " order by u.username",
                User.class)
            .setParameter("company", policy.companyId())
            .setParameter("ids", ids)
            .getResultList();
  }

  /** By key. */
  public List<AccountGroup> groups(Policy policy) {
    Set<UUID> ids = ids(policy, Kind.GROUPS);
    return ids.isEmpty()
        ? List.of()
        : entities
            .createQuery(
                "select g from AccountGroup g where g.companyId = :company and g.id in :ids"
                    + " order by g.key",
                AccountGroup.class)
            .setParameter("company", policy.companyId())
            .setParameter("ids", ids)
            .getResultList();
  }

  /** The accounts that are members themselves, not through a group. */
  public Page<Account> accounts(Policy policy, PageRequest request) {
    @SuppressWarnings("unchecked")
    List<Account> items =
        of(
                policy,
                entities.createNativeQuery(
                    // What is skipped is skipped in the index of the pairs, before any account.
                    "select a.* from (select account_id from policy_members"
                        + " where company_id = :company and policy_id = :policy"
                        + " order by account_id limit :size offset :skipped) m"
                        + " join accounts a on a.company_id = :company and a.id = m.account_id"
                        + " order by m.account_id",
                    Account.class))
            .setParameter("skipped", request.offset())
            .setParameter("size", request.size())
            .getResultList();
    long total =
        ((Number)
                of(
                        policy,
                        entities.createNativeQuery(
                            "select count(*) from policy_members"
                                + " where company_id = :company and policy_id = :policy"))
                    .getSingleResult())
            .longValue();
    return Page.of(request, items, total);
  }
}
