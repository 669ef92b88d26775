package org.drawbridge.challenge.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.drawbridge.challenge.entity.ChallengeUser;
import org.drawbridge.company.control.Companies;
import org.drawbridge.kernel.Ids;
import org.drawbridge.kernel.OwnedId;
import org.jspecify.annotations.Nullable;

/** Those whose actions are tracked. */
@ApplicationScoped
public class ChallengeUsers {

  @PersistenceContext EntityManager entities;
  @Inject Companies companies;
  @Inject Clock clock;

  public Optional<ChallengeUser> find(UUID companyId, String userId) {
    return named(companyId, userId).getResultStream().findFirst();
  }

  public Optional<ChallengeUser> find(UUID companyId, UUID id) {
    return Optional.ofNullable(entities.find(ChallengeUser.class, new OwnedId(companyId, id)));
  }

  /**
   * Held until the transaction ends; made where nobody was seen under that name before. Whoever
   * holds an attempt as well holds its user first.
   */
  public ChallengeUser lock(UUID companyId, String userId) {
    return lockKnown(companyId, userId)
        .orElseGet(
            () -> {
              companies.hold(companyId);
              return lockKnown(companyId, userId).orElseGet(() -> added(companyId, userId));
            });
  }

  /** Held until the transaction ends. The user must not have been read in it before. */
  public Optional<ChallengeUser> lockKnown(UUID companyId, String userId) {
    return named(companyId, userId)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultStream()
        .findFirst();
  }

  private ChallengeUser added(UUID companyId, String userId) {
    Instant now = clock.instant();
    ChallengeUser user = new ChallengeUser(companyId, Ids.next(now), userId, now);
    entities.persist(user);
    entities.flush();
    return user;
  }

  private TypedQuery<ChallengeUser> named(UUID companyId, String userId) {
    return entities
        .createQuery(
            "select u from ChallengeUser u where u.companyId = :company and u.userId = :user",
            ChallengeUser.class)
        .setParameter("company", companyId)
        .setParameter("user", userId);
  }

  /**
   * What users are looked for by; null where it does not matter.
   *
   * @param after the user id of the last one that was answered before
   */
  public record Query(
      @Nullable String username,
      @Nullable String email,
      @Nullable String phone,
      @Nullable String after) {}

  /** In the order of their user ids. */
  public List<ChallengeUser> matching(UUID companyId, Query query, int most) {
    Map<String, @Nullable String> wanted = new LinkedHashMap<>();
    wanted.put("username", query.username());
    wanted.put("email", query.email());
    wanted.put("phone", query.phone());
    wanted.values().removeIf(value -> value == null);
    String where =
        wanted.keySet().stream()
            .map(member -> " and u.contact." + member + " = :" + member)
            .collect(Collectors.joining());
    TypedQuery<ChallengeUser> users =
        entities
            .createQuery(
                "select u from ChallengeUser u where u.companyId = :company and u.userId > :after"
                    + where
                    + " order by u.userId",
                ChallengeUser.class)
            .setParameter("company", companyId)
            .setParameter("after", query.after() == null ? "" : query.after())
            .setMaxResults(most);
    wanted.forEach(users::setParameter);
    return users.getResultList();
  }

  public void remove(ChallengeUser user) {
    entities.remove(user);
  }
}
