package org.drawbridge.approval.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.drawbridge.account.entity.Account;
import org.drawbridge.approval.entity.UnlockRequest;
import org.drawbridge.approval.entity.UnlockRequest.State;
import org.drawbridge.kernel.OwnedId;
import org.drawbridge.problem.NotFound;

/**
 * The unlock requests. Whoever changes one holds its account first: so nobody waits for the other
 * in a circle, and an account has one at most that is open.
 */
@ApplicationScoped
public class UnlockRequests {

  private static final int SHOWN = 50;

  @PersistenceContext EntityManager entities;

  void add(UnlockRequest request) {
    entities.persist(request);
  }

  /**
   * @throws NotFound where the user has no such request
   */
  UnlockRequest get(UUID companyId, UUID userId, UUID id) {
    return find(new OwnedId(companyId, id))
        .filter(request -> request.userId().equals(userId))
        .orElseThrow(() -> new NotFound("unlock request"));
  }

  Optional<UnlockRequest> find(OwnedId id) {
    return Optional.ofNullable(entities.find(UnlockRequest.class, id));
  }

  /** As it is now; the transaction holds the account. */
  UnlockRequest refreshed(UnlockRequest request) {
    entities.refresh(request, LockModeType.PESSIMISTIC_WRITE);
    return request;
  }

  Optional<UnlockRequest> newest(Account account) {
    return entities
        .createQuery(
            "select r from UnlockRequest r where r.companyId = :company"
                + " and r.accountId = :account order by r.id desc",
            UnlockRequest.class)
        .setParameter("company", account.companyId())
        .setParameter("account", account.id())
        .setMaxResults(1)
        .getResultStream()
        .findFirst();
  }

  /** Newest first, the latest of them. */
  public List<UnlockRequest> of(UUID companyId, UUID userId) {
    return entities
        .createQuery(
            "select r from UnlockRequest r where r.companyId = :company and r.userId = :user"
                + " order by r.id desc",
            UnlockRequest.class)
        .setParameter("company", companyId)
        .setParameter("user", userId)
        .setMaxResults(SHOWN)
        .getResultList();
  }

  /** Of all companies, oldest first. */
  public List<OwnedId> overdue(Instant now, int most) {
    return entities
        .createQuery(
            "select r from UnlockRequest r where r.state in :open and r.expiry <= :now"
                + " order by r.expiry",
            UnlockRequest.class)
        .setParameter("open", List.of(State.PENDING, State.AWAITING_APPROVERS))
        .setParameter("now", now)
        .setMaxResults(most)
        .getResultStream()
        .map(request -> new OwnedId(request.companyId(), request.id()))
        .toList();
  }
}
