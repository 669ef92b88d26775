package org.drawbridge.user.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.UUID;
import org.drawbridge.kernel.OwnedId;
import org.drawbridge.problem.NotFound;
import org.drawbridge.user.entity.BreakGlassCode;

/** The break-glass codes of companies. */
@ApplicationScoped
public class BreakGlassCodes {

  @PersistenceContext EntityManager entities;

  void add(BreakGlassCode code) {
    entities.persist(code);
  }

  /** Newest first. */
  public List<BreakGlassCode> of(UUID companyId) {
    return all(companyId, LockModeType.NONE);
  }

  /** Held until the transaction ends, so that one caller uses a code up. */
  List<BreakGlassCode> lock(UUID companyId) {
    return all(companyId, LockModeType.PESSIMISTIC_WRITE);
  }

  private List<BreakGlassCode> all(UUID companyId, LockModeType lock) {
    return entities
        .createQuery(
            "select c from BreakGlassCode c where c.companyId = :company order by c.id desc",
            BreakGlassCode.class)
        .setParameter("company", companyId)
        .setLockMode(lock)
        .getResultList();
  }

  /**
   * Held until the transaction ends, so that a use meanwhile is not undone.
   *
   * @throws NotFound where the company has no such code
   */
  BreakGlassCode lock(UUID companyId, UUID id) {
    BreakGlassCode code =
        entities.find(
            BreakGlassCode.class, new OwnedId(companyId, id), LockModeType.PESSIMISTIC_WRITE);
    if (code == null) {
      throw new NotFound("break-glass code");
    }
    return code;
  }
}
