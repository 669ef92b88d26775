package org.drawbridge.auth0.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.drawbridge.access.DomainCaller;
import org.drawbridge.auth0.entity.AnsweredCall;
import org.drawbridge.company.control.Applications;
import org.drawbridge.kernel.Ids;
import org.drawbridge.kernel.Vault;

/**
 * The calls of the last day that must not be done twice; and what later calls repeat, for as long
 * as they may.
 */
@ApplicationScoped
public class AnsweredCalls {

  private static final Duration KEPT = Duration.ofDays(1);

  @PersistenceContext EntityManager entities;
  @Inject Applications applications;
  @Inject Vault vault;
  @Inject Clock clock;

  /**
   * Notes the call; answers whether it is the first time. The application's row is held until the
   * transaction ends, so that a retry waits for what it repeats. Without a {@code jti}, every call
   * is new.
   */
  boolean noteFirst(DomainCaller caller, String kind) {
    applications.lock(caller.companyId(), caller.applicationId());
    Instant now = clock.instant();
    entities
        .createQuery(
            "delete from AnsweredCall c where c.companyId = :company"
                + " and c.applicationId = :application and c.calledAt < :before"
                + " and c.kind = :kind")
        .setParameter("company", caller.companyId())
        .setParameter("application", caller.applicationId())
        .setParameter("kind", kind)
        .setParameter("before", now.minus(KEPT))
        .executeUpdate();
    String tokenHash = hash(caller, caller.tokenId().orElseGet(() -> UUID.randomUUID().toString()));
    return isAdded(caller, kind, tokenHash, now);
  }

  /**
   * Whether no call before told that of the account that the caller's token names. Kept until
   * {@link #forget}. To be asked after {@link #noteFirst}, which holds the application's row.
   *
   * @param told without blanks
   */
  boolean isFirst(DomainCaller caller, String kind, String told) {
    return isAdded(caller, kind, hash(caller, told + " " + caller.subject()), clock.instant());
  }

  /** From now on nothing of the kind was told of the account. */
  void forget(DomainCaller caller, String kind) {
    entities
        .createQuery(
            "delete from AnsweredCall c where c.companyId = :company"
                + " and c.applicationId = :application and c.kind = :kind"
                + " and c.subjectHash = :subject")
        .setParameter("company", caller.companyId())
        .setParameter("application", caller.applicationId())
        .setParameter("kind", kind)
        .setParameter("subject", hash(caller, caller.subject()))
        .executeUpdate();
  }

  private boolean isAdded(DomainCaller caller, String kind, String tokenHash, Instant now) {
    if (isKnown(caller, kind, tokenHash)) {
      return false;
    }
    entities.persist(
        new AnsweredCall(
            caller.companyId(),
            Ids.next(now),
            caller.applicationId(),
            kind,
            tokenHash,
            hash(caller, caller.subject()),
            now));
    return true;
  }

  /** How many calls of a kind were about the account or number that the caller's token names. */
  long since(DomainCaller caller, String kind, Instant since) {
    return entities
        .createQuery(
            "select count(c) from AnsweredCall c where c.companyId = :company"
                + " and c.applicationId = :application and c.kind = :kind"
                + " and c.subjectHash = :subject and c.calledAt > :since",
            Long.class)
        .setParameter("company", caller.companyId())
        .setParameter("application", caller.applicationId())
        .setParameter("kind", kind)
        .setParameter("subject", hash(caller, caller.subject()))
        .setParameter("since", since)
        .getSingleResult();
  }

  private boolean isKnown(DomainCaller caller, String kind, String tokenHash) {
    return entities
            .createQuery(
                "select count(c) from AnsweredCall c where c.companyId = :company"
                    + " and c.applicationId = :application and c.kind = :kind"
                    + " and c.tokenHash = :token",
                Long.class)
            .setParameter("company", caller.companyId())
            .setParameter("application", caller.applicationId())
            .setParameter("kind", kind)
            .setParameter("token", tokenHash)
            .getSingleResult()
        > 0;
  }

  private String hash(DomainCaller caller, String text) {
    String message = caller.applicationId() + " " + text;
    return HexFormat.of()
        .formatHex(vault.mac("answered-call", message.getBytes(StandardCharsets.UTF_8)));
  }
}
