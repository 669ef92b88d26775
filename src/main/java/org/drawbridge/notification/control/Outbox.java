package org.drawbridge.notification.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.drawbridge.kernel.OwnedId;
import org.drawbridge.kernel.Page;
import org.drawbridge.kernel.PageRequest;
import org.drawbridge.kernel.Vault;
import org.drawbridge.notification.entity.Channel;
import org.drawbridge.notification.entity.MessageQueued;
import org.drawbridge.notification.entity.NoticeText;
import org.drawbridge.notification.entity.OutboxMessage;
import org.drawbridge.problem.LogLine;
import org.drawbridge.problem.NotFound;
import org.jspecify.annotations.Nullable;

/** The messages that are to be sent, and for a while those that were. */
@ApplicationScoped
public class Outbox {

  private static final Logger LOG = Logger.getLogger(Outbox.class.getName());

  @PersistenceContext EntityManager entities;
  @Inject Vault vault;
  @Inject Clock clock;
  @Inject Event<MessageQueued> due;

  /** Queues a message; it is sent once the transaction commits. */
  void add(OutboxMessage message) {
    entities.persist(message);
    if (message.nextTryAt() != null) {
      due.fire(new MessageQueued(message.channel()));
    }
  }

  /**
   * How many messages of a kind somebody was sent, or is to be.
   *
   * @param since of the time they were queued
   */
  long toSince(UUID companyId, Channel channel, String kind, String recipient, Instant since) {
    return entities
        .createQuery(
            "select count(m) from OutboxMessage m where m.companyId = :company"
                + " and m.recipient = :recipient and m.createdAt > :since"
                + " and m.channel = :channel and m.kind = :kind",
            Long.class)
        .setParameter("company", companyId)
        .setParameter("recipient", recipient)
        .setParameter("since", since)
        .setParameter("channel", channel)
        .setParameter("kind", kind)
        .getSingleResult();
  }

  /**
   * A message of a kind that rests, and can still be changed, and those that stand by for it; empty
   * where there is none.
   */
  List<OutboxMessage> resting(UUID companyId, Channel channel, String kind, String recipient) {
    return entities
        .createQuery(
            "select m from OutboxMessage m where m.companyId = :company"
                + " and m.recipient = :recipient and m.channel = :channel"
                + " and m.kind = :kind and m.tries = 0 and m.nextTryAt > :now",
            OutboxMessage.class)
        .setParameter("company", companyId)
        .setParameter("recipient", recipient)
        .setParameter("channel", channel)
        .setParameter("kind", kind)
        .setParameter("now", clock.instant())
        .setMaxResults(1)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultStream()
        .flatMap(this::withSubstitutes)
        .toList();
  }

  /** The message, what stands by for it, what stands by for that, and so on. */
  Stream<OutboxMessage> withSubstitutes(OutboxMessage message) {
    return Stream.iterate(message, Objects::nonNull, this::substitute);
  }

  private @Nullable OutboxMessage substitute(OutboxMessage message) {
    return message.substituteId() == null
        ? null
        : entities.find(
            OutboxMessage.class, new OwnedId(message.companyId(), message.substituteId()));
  }

  /** What the person reads; empty once it is emptied, and where no master key opens it. */
  public Optional<NoticeText> text(OutboxMessage message) {
    byte[] sealed = message.sealed();
    if (sealed == null) {
      return Optional.empty();
    }
    try {
      byte[] opened = vault.open(sealed, OutboxMessage.context(message.companyId(), message.id()));
      return Optional.of(NoticeText.read(new String(opened, StandardCharsets.UTF_8)));
    } catch (IllegalStateException e) {
      // One unreadable text must not stand in the way of all the others.
      LogLine.event("outbox.unreadable").with("message", message.id()).log(LOG, Level.WARNING, e);
      return Optional.empty();
    }
  }

  /** Empties the texts that stayed here long enough. */
  public void emptyTexts() {
    entities
        .createQuery(
            "update OutboxMessage m set m.sealed = null, m.textUntil = null"
                + " where m.textUntil <= :now")
        .setParameter("now", clock.instant())
        .executeUpdate();
  }

  public long waiting(Channel channel) {
    return entities
        .createQuery(
            "select count(m) from OutboxMessage m"
                + " where m.channel = :channel and m.nextTryAt is not null",
            Long.class)
        .setParameter("channel", channel)
        .getSingleResult();
  }

  /**
   * Has a message tried again that was given up.
   *
   * @param isMeant of any other, nobody learns that it is there
   * @throws NotFound where there is none
   */
  public OutboxMessage tryAgain(UUID id, Predicate<OutboxMessage> isMeant) {
    OutboxMessage message =
        entities
            .createQuery("select m from OutboxMessage m where m.id = :id", OutboxMessage.class)
            .setParameter("id", id)
            .setLockMode(LockModeType.PESSIMISTIC_WRITE)
            .getResultStream()
            .filter(isMeant)
            .findFirst()
            .orElseThrow(() -> new NotFound("message"));
    message.tryAgain(clock.instant());
    due.fire(new MessageQueued(message.channel()));
    return message;
  }

  /**
   * Of all companies, newest first.
   *
   * @param status null for any
   */
  public Page<OutboxMessage> page(OutboxMessage.@Nullable Status status, PageRequest request) {
    return page(where(status), Map.of(), request);
  }

  /** To one recipient, newest first. */
  public Page<OutboxMessage> pageTo(UUID companyId, String recipient, PageRequest request) {
    return page(
        " where m.companyId = :company and m.recipient = :recipient",
        Map.of("company", companyId, "recipient", recipient),
        request);
  }

  private Page<OutboxMessage> page(
      String where, Map<String, Object> parameters, PageRequest request) {
    TypedQuery<OutboxMessage> items =
        entities.createQuery(
            "select m from OutboxMessage m" + where + " order by m.id desc", OutboxMessage.class);
    TypedQuery<Long> total =
        entities.createQuery("select count(m) from OutboxMessage m" + where, Long.class);
    parameters.forEach(
        (name, value) -> {
          items.setParameter(name, value);
          total.setParameter(name, value);
        });
    return Page.of(
        request,
        items.setFirstResult(request.offset()).setMaxResults(request.size()).getResultList(),
        total.getSingleResult());
  }

  private static String where(OutboxMessage.@Nullable Status status) {
    if (status == null) {
      return "";
    }
    return switch (status) {
      case WAITING -> " where m.nextTryAt is not null";
      case STANDBY -> " where m.nextTryAt is null and m.sentAt is null and m.failedAt is null";
      case SENT -> " where m.sentAt is not null";
      case FAILED -> " where m.failedAt is not null";
    };
  }
}
