package org.drawbridge.notification.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import jakarta.persistence.TypedQuery;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
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

  /** So few that all of them can be tried before others may try them. */
  public static final int AT_A_TIME = 20;

  @PersistenceContext EntityManager entities;
  @Inject Gateways gateways;
  @Inject Routing routing;
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
  private Stream<OutboxMessage> withSubstitutes(OutboxMessage message) {
    return Stream.iterate(message, Objects::nonNull, this::substitute);
  }

  private @Nullable OutboxMessage substitute(OutboxMessage message) {
    return message.substituteId() == null
        ? null
        : entities.find(
            OutboxMessage.class, new OwnedId(message.companyId(), message.substituteId()));
  }

  /**
   * Takes messages that are due and that no other node is sending, {@link #AT_A_TIME} at most, and
   * begins a try of each; what stays here is settled on the way. Empty where nothing is due.
   *
   * @param except recipients whose messages are left where they are
   */
  public List<Delivery> lease(Channel channel, Set<String> except) {
    String others = except.isEmpty() ? "" : " and recipient not in (:except)";
    Map<String, Object> parameters = except.isEmpty() ? Map.of() : Map.of("except", except);
    return lease(channel, now -> due(channel, now, others, parameters, AT_A_TIME));
  }

  /** The same of one recipient, and one message at most. */
  public List<Delivery> leaseOne(Channel channel, String recipient) {
    String own = " and recipient = :recipient";
    return lease(channel, now -> due(channel, now, own, Map.of("recipient", recipient), 1));
  }

  private List<Delivery> lease(Channel channel, Function<Instant, List<OutboxMessage>> due) {
    Instant now = clock.instant();
    List<Delivery> leased = new ArrayList<>();
    for (List<OutboxMessage> messages = due.apply(now);
        !messages.isEmpty() && leased.isEmpty();
        messages = due.apply(now)) {
      for (OutboxMessage message : messages) {
        if (!gateways.leadOut(channel)) {
          message.stays(now);
          follow(message, now);
          continue;
        }
        Optional<NoticeText> text = text(message);
        Optional<Destination> destination = routing.of(message);
        if (text.isPresent() && destination.isPresent()) {
          message.lease(now);
          leased.add(delivery(message, destination.get(), text.get(), now));
        } else {
          message.giveUp(
              text.isPresent()
                  ? "There is nothing left to send it to"
                  : "No master key opens the text",
              now);
          follow(message, now);
        }
      }
      // The next look is by SQL, before which not every provider writes by itself.
      entities.flush();
    }
    return leased;
  }

  @SuppressWarnings("unchecked")
  private List<OutboxMessage> due(
      Channel channel, Instant now, String whose, Map<String, Object> parameters, int most) {
    Query query =
        entities
            .createNativeQuery(
                "select * from outbox_messages where channel = :channel and next_try_at <= :now"
                    + whose
                    + " order by next_try_at fetch first "
                    + most
                    + " rows only for update skip locked",
                OutboxMessage.class)
            .setParameter("channel", channel.name())
            .setParameter("now", now);
    parameters.forEach(query::setParameter);
    return query.getResultList();
  }

  private static Delivery delivery(
      OutboxMessage message, Destination destination, NoticeText text, Instant now) {
    return new Delivery(
        new OwnedId(message.companyId(), message.id()),
        message.channel(),
        message.kind(),
        message.recipient(),
        destination,
        message.language(),
        text,
        now.plus(OutboxMessage.BEGINNING));
  }

  /** What stands by is not needed, or needed now. */
  private void follow(OutboxMessage message, Instant now) {
    if (message.status() == OutboxMessage.Status.WAITING) {
      return;
    }
    List<OutboxMessage> substitutes = withSubstitutes(message).skip(1).toList();
    if (message.status() == OutboxMessage.Status.SENT) {
      substitutes.forEach(entities::remove);
    } else if (!substitutes.isEmpty()) {
      substitutes.get(0).standIn(now);
      due.fire(new MessageQueued(substitutes.get(0).channel()));
    }
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

  /** Holds messages that are settled next, in one round trip to the database. */
  public void hold(List<Delivery> deliveries) {
    entities
        .createQuery(
            "select m from OutboxMessage m where m.id in :ids order by m.id", OutboxMessage.class)
        .setParameter("ids", deliveries.stream().map(delivery -> delivery.key().id()).toList())
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultList();
  }

  /** Ends the try that the delivery is. Answers how the message stands now. */
  public OutboxMessage.Status settle(
      Delivery delivery, BiConsumer<OutboxMessage, Instant> outcome) {
    OutboxMessage message =
        entities.find(OutboxMessage.class, delivery.key(), LockModeType.PESSIMISTIC_WRITE);
    if (message.status() == OutboxMessage.Status.WAITING) {
      Instant now = clock.instant();
      outcome.accept(message, now);
      follow(message, now);
    }
    return message.status();
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
