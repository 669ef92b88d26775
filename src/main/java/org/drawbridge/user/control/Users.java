package org.drawbridge.user.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.drawbridge.access.Reach;
import org.drawbridge.account.control.RelockRules;
import org.drawbridge.account.entity.RelockRule;
import org.drawbridge.kernel.OwnedId;
import org.drawbridge.kernel.Page;
import org.drawbridge.kernel.PageRequest;
import org.drawbridge.problem.NotFound;
import org.drawbridge.user.entity.User;
import org.jspecify.annotations.Nullable;

/** The people of the companies. */
@ApplicationScoped
public class Users implements RelockRules {

  @PersistenceContext EntityManager entities;

  public void add(User user) {
    entities.persist(user);
  }

  /**
   * Writes what has changed now. What collides with others then fails here, and not at the commit,
   * where Payara would lose a transaction that is suspended meanwhile.
   */
  public void flush() {
    entities.flush();
  }

  /**
   * @throws NotFound where there is none, or the company is out of reach
   */
  public User get(Reach reach, UUID id) {
    return entities
        .createQuery("select u from User u where u.id = :id", User.class)
        .setParameter("id", id)
        .getResultStream()
        .filter(u -> reach.includes(u.companyId()))
        .findFirst()
        .orElseThrow(() -> new NotFound("user"));
  }

  /** The same, holding its row, so that simultaneous patches lose nothing. */
  public User lock(Reach reach, UUID id) {
    return locked(get(reach, id));
  }

  /** The same by ids that no caller gave. */
  public User lock(UUID companyId, UUID id) {
    return locked(get(companyId, id));
  }

  private User locked(User user) {
    // What this transaction has changed is not to be undone by reading it anew.
    entities.flush();
    entities.refresh(user, LockModeType.PESSIMISTIC_WRITE);
    return user;
  }

  private User get(UUID companyId, UUID id) {
    return find(companyId, id).orElseThrow(() -> new NotFound("user"));
  }

  public Optional<User> find(UUID companyId, UUID id) {
    return Optional.ofNullable(entities.find(User.class, new OwnedId(companyId, id)));
  }

  public Optional<User> named(UUID companyId, String username) {
    return entities
        .createQuery(
            "select u from User u where u.companyId = :company and u.username = :username",
            User.class)
        .setParameter("company", companyId)
        .setParameter("username", username)
        .getResultStream()
        .findFirst();
  }

  /** The same, held until the transaction ends. */
  public Optional<User> lockNamed(UUID companyId, String username) {
    Optional<User> user = named(companyId, username);
    user.ifPresent(u -> entities.refresh(u, LockModeType.PESSIMISTIC_WRITE));
    return user;
  }

  /** Those who are written to at that address, in whatever case it is written. */
  public List<User> withEmail(UUID companyId, String email) {
    return entities
        .createQuery(
            "select u from User u where u.companyId = :company and lower(u.email) = :email"
                + " order by u.id",
            User.class)
        .setParameter("company", companyId)
        .setParameter("email", email.toLowerCase(Locale.ROOT))
        .getResultList();
  }

  public Page<User> page(UUID companyId, PageRequest request) {
    List<User> items =
        entities
            .createQuery(
                "select u from User u where u.companyId = :company order by u.id", User.class)
            .setParameter("company", companyId)
            .setFirstResult(request.offset())
            .setMaxResults(request.size())
            .getResultList();
    long total =
        entities
            .createQuery("select count(u) from User u where u.companyId = :company", Long.class)
            .setParameter("company", companyId)
            .getSingleResult();
    return Page.of(request, items, total);
  }

  @Override
  public RelockRule of(UUID companyId, @Nullable UUID userId) {
    return userId == null
        ? RelockRule.NEVER
        : find(companyId, userId).map(User::relockRule).orElse(RelockRule.NEVER);
  }
}
