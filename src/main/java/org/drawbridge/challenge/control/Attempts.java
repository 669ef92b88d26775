package org.drawbridge.challenge.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.drawbridge.challenge.entity.Attempt;
import org.drawbridge.challenge.entity.AttemptState;
import org.drawbridge.challenge.entity.ChallengeUser;
import org.drawbridge.kernel.OwnedId;
import org.jspecify.annotations.Nullable;

/** What was attempted. */
@ApplicationScoped
public class Attempts {

  private static final int MOST = 100;

  @PersistenceContext EntityManager entities;

  public void add(Attempt attempt) {
    entities.persist(attempt);
  }

  /** Held until the transaction ends. */
  public Optional<Attempt> lock(UUID companyId, UUID id) {
    return Optional.ofNullable(
        entities.find(Attempt.class, new OwnedId(companyId, id), LockModeType.PESSIMISTIC_WRITE));
  }

  public Optional<Attempt> find(ChallengeUser user, String action, String idempotencyKey) {
    return entities
        .createQuery(
            "select a from Attempt a where a.companyId = :company and a.userId = :user"
                + " and a.action = :action and a.idempotencyKey = :key",
            Attempt.class)
        .setParameter("company", user.companyId())
        .setParameter("user", user.id())
        .setParameter("action", action)
        .setParameter("key", idempotencyKey)
        .getResultStream()
        .findFirst();
  }

  /**
   * The newest first, so many as one answer holds.
   *
   * @param actions empty for all
   */
  public List<Attempt> of(
      ChallengeUser user,
      @Nullable Instant from,
      Collection<String> actions,
      @Nullable AttemptState state) {
    String where =
        (from == null ? "" : " and a.createdAt >= :from")
            + (actions.isEmpty() ? "" : " and a.action in :actions")
            + (state == null ? "" : " and a.state = :state");
    TypedQuery<Attempt> query =
        entities
            .createQuery(
                "select a from Attempt a where a.companyId = :company and a.userId = :user"
                    + where
                    + " order by a.createdAt desc, a.id desc",
                Attempt.class)
            .setParameter("company", user.companyId())
            .setParameter("user", user.id())
            .setMaxResults(MOST);
    if (from != null) {
      query.setParameter("from", from);
    }
    if (!actions.isEmpty()) {
      query.setParameter("actions", actions);
    }
    if (state != null) {
      query.setParameter("state", state);
    }
    return query.getResultList();
  }

  public void removeOf(ChallengeUser user) {
    entities
        .createQuery("delete from Attempt a where a.companyId = :company and a.userId = :user")
        .setParameter("company", user.companyId())
        .setParameter("user", user.id())
        .executeUpdate();
  }
}
