package org.drawbridge.protection.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.drawbridge.account.control.RecordedChecks;
import org.drawbridge.account.entity.Account;
import org.drawbridge.kernel.Page;
import org.drawbridge.kernel.PageRequest;
import org.drawbridge.protection.entity.ProtectionCheck;

/** The recorded checks, for reading. Counts are derived, so that no check waits for a counter. */
@ApplicationScoped
public class ProtectionChecks implements RecordedChecks {

  @PersistenceContext EntityManager entities;

  /** Newest first. */
  public Page<ProtectionCheck> page(Account account, PageRequest request) {
    List<ProtectionCheck> items =
        entities
            .createQuery(
                "select c from ProtectionCheck c where c.companyId = :company"
                    + " and c.accountId = :account order by c.id desc",
                ProtectionCheck.class)
            .setParameter("company", account.companyId())
            .setParameter("account", account.id())
            .setFirstResult(request.offset())
            .setMaxResults(request.size())
            .getResultList();
    Counts counts =
        counts(account.companyId(), List.of(account.id())).getOrDefault(account.id(), Counts.NONE);
    return Page.of(request, items, counts.allowed() + counts.blocked());
  }

  @Override
  public Map<UUID, Counts> counts(UUID companyId, Collection<UUID> accountIds) {
    if (accountIds.isEmpty()) {
      return Map.of();
    }
    return entities
        .createQuery(
            "select c.accountId, sum(case when c.locked then 0L else 1L end), count(c)"
                + " from ProtectionCheck c where c.companyId = :company"
                + " and c.accountId in :accounts group by c.accountId",
            Object[].class)
        .setParameter("company", companyId)
        .setParameter("accounts", accountIds)
        .getResultStream()
        .collect(
            Collectors.toMap(
                row -> (UUID) row[0],
                row -> {
                  long allowed = ((Number) row[1]).longValue();
                  return new Counts(allowed, ((Number) row[2]).longValue() - allowed);
                }));
  }

  @Override
  public long blockedSince(UUID companyId, Collection<UUID> accountIds, Instant from) {
    return accountIds.isEmpty()
        ? 0
        : entities
            .createQuery(
                "select count(c) from ProtectionCheck c where c.companyId = :company"
                    + " and c.accountId in :accounts and c.locked = true and c.checkedAt >= :from",
                Long.class)
            .setParameter("company", companyId)
            .setParameter("accounts", accountIds)
            .setParameter("from", from)
            .getSingleResult();
  }

  @Override
  public List<String> latest(UUID companyId, Collection<UUID> accountIds, int most) {
    return accountIds.isEmpty()
        ? List.of()
        : entities
            .createQuery(
                "select c from ProtectionCheck c where c.companyId = :company"
                    + " and c.accountId in :accounts order by c.id desc",
                ProtectionCheck.class)
            .setParameter("company", companyId)
            .setParameter("accounts", accountIds)
            .setMaxResults(most)
            .getResultStream()
            .map(ProtectionCheck::toString)
            .toList();
  }
}
