package org.drawbridge.challenge.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.drawbridge.challenge.entity.Attempt;
import org.drawbridge.challenge.entity.ChallengeUser;
import org.drawbridge.challenge.entity.SentCode;
import org.drawbridge.challenge.entity.VerificationMethod;

/** The codes that were sent for attempts. */
@ApplicationScoped
public class SentCodes {

  @PersistenceContext EntityManager entities;

  void add(SentCode code) {
    entities.persist(code);
  }

  /** Newest first. */
  List<SentCode> of(Attempt attempt) {
    return entities
        .createQuery(
            "select c from SentCode c where c.companyId = :company"
                + " and c.attemptId = :attempt order by c.createdAt desc, c.id desc",
            SentCode.class)
        .setParameter("company", attempt.companyId())
        .setParameter("attempt", attempt.id())
        .getResultList();
  }

  Optional<SentCode> newest(Attempt attempt, VerificationMethod method) {
    return of(attempt).stream().filter(code -> code.method() == method).findFirst();
  }

  /** When the code to that recipient was sent that is so many codes ago. */
  Optional<Instant> last(UUID companyId, String recipient, int ago) {
    return entities
        .createQuery(
            "select c.createdAt from SentCode c where c.companyId = :company"
                + " and c.recipient = :recipient order by c.createdAt desc",
            Instant.class)
        .setParameter("company", companyId)
        .setParameter("recipient", recipient)
        .setFirstResult(ago - 1)
        .setMaxResults(1)
        .getResultStream()
        .findFirst();
  }

  /** When the SMS for the user was sent that is so many of them ago; empty where that is longer. */
  Optional<Instant> lastText(ChallengeUser user, int ago, Instant since) {
    return entities
        .createQuery(
            "select c.createdAt from Attempt a, SentCode c where a.companyId = :company"
                + " and a.userId = :user and c.companyId = :company and c.attemptId = a.id"
                + " and c.method = :sms and c.createdAt > :since order by c.createdAt desc",
            Instant.class)
        .setParameter("company", user.companyId())
        .setParameter("user", user.id())
        .setParameter("sms", VerificationMethod.SMS)
        .setParameter("since", since)
        .setFirstResult(ago - 1)
        .setMaxResults(1)
        .getResultStream()
        .findFirst();
  }

  /** What was sent before that time. */
  public void removeBefore(Instant time) {
    entities
        .createQuery("delete from SentCode c where c.createdAt < :time")
        .setParameter("time", time)
        .executeUpdate();
  }

  void removeOf(ChallengeUser user) {
    entities
        .createQuery(
            "delete from SentCode c where c.companyId = :company and c.attemptId in"
                + " (select a.id from Attempt a where a.companyId = :company"
                + " and a.userId = :user)")
        .setParameter("company", user.companyId())
        .setParameter("user", user.id())
        .executeUpdate();
  }
}
