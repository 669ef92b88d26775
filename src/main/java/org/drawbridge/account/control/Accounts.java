package org.drawbridge.account.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.drawbridge.access.Reach;
import org.drawbridge.account.entity.Account;
import org.drawbridge.account.entity.LockCause;
import org.drawbridge.account.entity.LockChange;
import org.drawbridge.kernel.OwnedId;
import org.drawbridge.kernel.Page;
import org.drawbridge.kernel.PageRequest;
import org.drawbridge.problem.NotFound;
import org.jspecify.annotations.Nullable;

/** The protected accounts, with the history of their locks. */
@ApplicationScoped
public class Accounts {

  @PersistenceContext EntityManager entities;

  public void add(Account account) {
    entities.persist(account);
  }

  public void add(LockChange change) {
    entities.persist(change);
  }

  /**
   * @throws NotFound where there is none, or its company is out of reach
   */
  public Account get(Reach reach, UUID id) {
    return entities
        .createQuery("select a from Account a where a.id = :id", Account.class)
        .setParameter("id", id)
        .getResultStream()
        .filter(a -> reach.includes(a.companyId()))
        .findFirst()
        .orElseThrow(() -> new NotFound("account"));
  }

  /** The same, holding its row until the transaction ends. */
  public Account lock(Reach reach, UUID id) {
    return locked(get(reach, id));
  }

  /** The same by ids that no caller gave. */
  public Account lock(UUID companyId, UUID id) {
    return locked(get(companyId, id));
  }

  private Account locked(Account account) {
    // What this transaction has changed is not to be undone by reading it anew.
    entities.flush();
    entities.refresh(account, LockModeType.PESSIMISTIC_WRITE);
    return account;
  }

  private Account get(UUID companyId, UUID id) {
    return find(companyId, id).orElseThrow(() -> new NotFound("account"));
  }

  public Optional<Account> find(UUID companyId, UUID id) {
    return Optional.ofNullable(entities.find(Account.class, new OwnedId(companyId, id)));
  }

  public Optional<Account> named(UUID companyId, UUID applicationId, String userAccountId) {
    return inApplication("select a", companyId, applicationId, userAccountId, Account.class)
        .getResultStream()
        .findFirst();
  }

  /** Of that name, at any of the company's applications. */
  public List<Account> named(UUID companyId, String userAccountId) {
    return named(companyId, Set.of(userAccountId));
  }

  /** Of one of those names, at any of the company's applications. */
  public List<Account> named(UUID companyId, Set<String> userAccountIds) {
    return entities
        .createQuery(
            "select a from Account a where a.companyId = :company"
                + " and a.userAccountId in :names order by a.id",
            Account.class)
        .setParameter("company", companyId)
        .setParameter("names", userAccountIds)
        .getResultList();
  }

  /**
   * @param userAccountId compared exactly; null for all
   */
  public Page<Account> page(
      UUID companyId, UUID applicationId, @Nullable String userAccountId, PageRequest request) {
    List<Account> items =
        inApplication("select a", companyId, applicationId, userAccountId, Account.class)
            .setFirstResult(request.offset())
            .setMaxResults(request.size())
            .getResultList();
    long total =
        inApplication("select count(a)", companyId, applicationId, userAccountId, Long.class)
            .getSingleResult();
    return Page.of(request, items, total);
  }

  private <T> TypedQuery<T> inApplication(
      String select,
      UUID companyId,
      UUID applicationId,
      @Nullable String userAccountId,
      Class<T> type) {
    String jpql =
        select
            + " from Account a where a.companyId = :company and a.applicationId = :application"
            + (userAccountId == null ? "" : " and a.userAccountId = :userAccountId")
            + (select.contains("count") ? "" : " order by a.id");
    TypedQuery<T> query =
        entities
            .createQuery(jpql, type)
            .setParameter("company", companyId)
            .setParameter("application", applicationId);
    return userAccountId == null ? query : query.setParameter("userAccountId", userAccountId);
  }

  /** Those of the ids that are accounts of the company. */
  public List<Account> among(UUID companyId, Collection<UUID> ids) {
    return entities
        .createQuery(
            "select a from Account a where a.companyId = :company and a.id in :ids", Account.class)
        .setParameter("company", companyId)
        .setParameter("ids", ids)
        .getResultList();
  }

  public List<Account> ownedBy(UUID companyId, UUID userId) {
    return ownedBy(companyId, Set.of(userId));
  }

  /** In the order of their ids, in which whoever changes several accounts takes them. */
  public List<Account> ownedBy(UUID companyId, Collection<UUID> userIds) {
    return entities
        .createQuery(
            "select a from Account a where a.companyId = :company and a.userId in :users"
                + " order by a.id",
            Account.class)
        .setParameter("company", companyId)
        .setParameter("users", userIds)
        .getResultList();
  }

  /** The latest that somebody gave; empty where the account was never unlocked. */
  public Optional<LockChange> latestUnlock(Account account) {
    return entities
        .createQuery(
            "select c from LockChange c where c.companyId = :company and c.accountId = :account"
                + " and c.locked = false and c.cause <> :initial order by c.id desc",
            LockChange.class)
        .setParameter("company", account.companyId())
        .setParameter("account", account.id())
        .setParameter("initial", LockCause.INITIAL)
        .setMaxResults(1)
        .getResultStream()
        .findFirst();
  }

  /** The latest, newest first. */
  public List<LockChange> lockChanges(Account account, int most) {
    return lockChanges(account).setMaxResults(most).getResultList();
  }

  /** Newest first. */
  public Page<LockChange> lockChanges(Account account, PageRequest request) {
    List<LockChange> items =
        lockChanges(account)
            .setFirstResult(request.offset())
            .setMaxResults(request.size())
            .getResultList();
    long total =
        entities
            .createQuery(
                "select count(c) from LockChange c where c.companyId = :company"
                    + " and c.accountId = :account",
                Long.class)
            .setParameter("company", account.companyId())
            .setParameter("account", account.id())
            .getSingleResult();
    return Page.of(request, items, total);
  }

  private TypedQuery<LockChange> lockChanges(Account account) {
    return entities
        .createQuery(
            "select c from LockChange c where c.companyId = :company"
                + " and c.accountId = :account order by c.id desc",
            LockChange.class)
        .setParameter("company", account.companyId())
        .setParameter("account", account.id());
  }
}
