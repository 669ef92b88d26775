package org.drawbridge.registration.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.drawbridge.access.DomainCaller;
import org.drawbridge.registration.entity.SignUp;
import org.jspecify.annotations.Nullable;

/** The sign-ups under way. */
@ApplicationScoped
public class SignUps {

  @PersistenceContext EntityManager entities;

  void add(SignUp signUp) {
    entities.persist(signUp);
  }

  /** The newest of that name for the caller's account; held until the transaction ends. */
  Optional<SignUp> newest(DomainCaller caller, String username) {
    return entities
        .createQuery(
            "select s from SignUp s where s.companyId = :company"
                + " and s.applicationId = :application and s.subject = :subject"
                + " and s.person.username = :username order by s.id desc",
            SignUp.class)
        .setParameter("company", caller.companyId())
        .setParameter("application", caller.applicationId())
        .setParameter("subject", caller.subject())
        .setParameter("username", username)
        .setMaxResults(1)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultStream()
        .findFirst();
  }

  long ofAccountSince(DomainCaller caller, Instant since) {
    return entities
        .createQuery(
            "select count(s) from SignUp s where s.companyId = :company"
                + " and s.applicationId = :application and s.subject = :subject"
                + " and s.createdAt > :since",
            Long.class)
        .setParameter("company", caller.companyId())
        .setParameter("application", caller.applicationId())
        .setParameter("subject", caller.subject())
        .setParameter("since", since)
        .getSingleResult();
  }

  /** How often either address was written to. */
  long toAddressSince(UUID companyId, String email, @Nullable String phone, Instant since) {
    return entities
        .createQuery(
            "select count(s) from SignUp s where s.companyId = :company"
                + " and (s.mailedTo = :email or s.textedTo = :phone) and s.createdAt > :since",
            Long.class)
        .setParameter("company", companyId)
        .setParameter("email", email)
        .setParameter("phone", phone)
        .setParameter("since", since)
        .getSingleResult();
  }

  /** Clears away what is over; answers how many. */
  public int removeBefore(Instant time) {
    return entities
        .createQuery("delete from SignUp s where s.createdAt < :time")
        .setParameter("time", time)
        .executeUpdate();
  }
}
