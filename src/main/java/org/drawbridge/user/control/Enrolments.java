package org.drawbridge.user.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.drawbridge.kernel.Ids;
import org.drawbridge.kernel.OwnedId;
import org.drawbridge.kernel.OwnedSecret;
import org.drawbridge.kernel.Vault;
import org.drawbridge.user.entity.Enrolment;
import org.drawbridge.user.entity.User;

/** The invitations to make a passkey. */
@ApplicationScoped
public class Enrolments {

  @PersistenceContext EntityManager entities;
  @Inject Users users;
  @Inject Vault vault;
  @Inject Clock clock;

  /** Opens one whose secret goes to who asks; those that were open before count no more. */
  String open(User user) {
    return open(user, false);
  }

  /** The same, for the addresses of the user. */
  String openForSending(User user) {
    return open(user, user.phone() == null);
  }

  private String open(User user, boolean mailed) {
    removeOpen(user.companyId(), user.id());
    Instant now = clock.instant();
    OwnedSecret secret = OwnedSecret.of(user.companyId(), Ids.next(now), vault);
    entities.persist(new Enrolment(secret, user.id(), mailed, now));
    return secret.text();
  }

  void removeOpen(UUID companyId, UUID userId) {
    entities
        .createQuery(
            "delete from Enrolment e where e.companyId = :company and e.userId = :user"
                + " and e.usedAt is null")
        .setParameter("company", companyId)
        .setParameter("user", userId)
        .executeUpdate();
  }

  /**
   * Empty for any text that is not the secret of one. It is held until the transaction ends, and
   * its user, as by those who end it, before it.
   */
  public Optional<Enrolment> find(String text) {
    OwnedSecret secret = OwnedSecret.parse(text);
    if (secret == null) {
      return Optional.empty();
    }
    userOf(secret).ifPresent(user -> users.lock(secret.companyId(), user));
    return Optional.ofNullable(
            entities.find(
                Enrolment.class,
                new OwnedId(secret.companyId(), secret.id()),
                LockModeType.PESSIMISTIC_WRITE))
        .filter(enrolment -> enrolment.isOpenedBy(secret.hash()));
  }

  private Optional<UUID> userOf(OwnedSecret secret) {
    return entities
        .createQuery(
            "select e.userId from Enrolment e where e.companyId = :company and e.id = :id",
            UUID.class)
        .setParameter("company", secret.companyId())
        .setParameter("id", secret.id())
        .getResultStream()
        .findFirst();
  }
}
