package org.drawbridge.approval.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.drawbridge.approval.entity.ApprovalRequest;
import org.drawbridge.approval.entity.UnlockRequest;
import org.drawbridge.kernel.OwnedId;
import org.drawbridge.problem.NotFound;

/** The approval requests. */
@ApplicationScoped
public class ApprovalRequests {

  private static final int SHOWN = 50;

  @PersistenceContext EntityManager entities;

  void add(ApprovalRequest request) {
    entities.persist(request);
  }

  /**
   * @throws NotFound where there is none that the user asked for or is an approver of
   */
  public ApprovalRequest get(UUID companyId, UUID userId, UUID id) {
    ApprovalRequest request = entities.find(ApprovalRequest.class, new OwnedId(companyId, id));
    if (request == null || !(request.isApprover(userId) || userId.equals(request.requestedBy()))) {
      throw new NotFound("approval request");
    }
    return request;
  }

  /**
   * @throws NotFound where the company has none
   */
  public ApprovalRequest get(UUID companyId, UUID id) {
    return find(new OwnedId(companyId, id)).orElseThrow(() -> new NotFound("approval request"));
  }

  Optional<ApprovalRequest> find(OwnedId id) {
    return Optional.ofNullable(entities.find(ApprovalRequest.class, id));
  }

  /** Of all companies, those that are about no unlock, oldest first. */
  public List<OwnedId> overdue(Instant now, int most) {
    return pending("r.expiry <= :now and r.unlockRequestId is null order by r.expiry", now, most);
  }

  /** Of all companies, those whose fallback approvers are to be asked. */
  public List<OwnedId> toEscalate(Instant now, int most) {
    return pending("r.escalatesAt <= :now and r.expiry > :now order by r.escalatesAt", now, most);
  }

  private List<OwnedId> pending(String condition, Instant now, int most) {
    return entities
        .createQuery(
            "select r from ApprovalRequest r where r.state = :pending and " + condition,
            ApprovalRequest.class)
        .setParameter("pending", ApprovalRequest.State.PENDING)
        .setParameter("now", now)
        .setMaxResults(most)
        .getResultStream()
        .map(request -> new OwnedId(request.companyId(), request.id()))
        .toList();
  }

  /** As it is now, held until the transaction ends. */
  ApprovalRequest refreshed(ApprovalRequest request) {
    entities.refresh(request, LockModeType.PESSIMISTIC_WRITE);
    return request;
  }

  public List<ApprovalRequest> of(UnlockRequest unlock) {
    return entities
        .createQuery(
            "select r from ApprovalRequest r where r.companyId = :company"
                + " and r.unlockRequestId = :unlock order by r.id",
            ApprovalRequest.class)
        .setParameter("company", unlock.companyId())
        .setParameter("unlock", unlock.id())
        .getResultList();
  }

  /** Those that the user is an approver of, newest first, the latest of them. */
  public List<ApprovalRequest> askedOf(UUID companyId, UUID userId) {
    return entities
        .createQuery(
            "select r from ApprovalRequest r where r.companyId = :company"
                + " and :user member of r.approvers order by r.id desc",
            ApprovalRequest.class)
        .setParameter("company", companyId)
        .setParameter("user", userId)
        .setMaxResults(SHOWN)
        .getResultList();
  }
}
