package org.drawbridge.notification.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.drawbridge.kernel.OwnedId;
import org.drawbridge.notification.entity.Channel;
import org.drawbridge.notification.entity.MessageQueued;
import org.drawbridge.notification.entity.NoticeText;
import org.drawbridge.notification.entity.OutboxMessage;

/**
 * Takes messages out of the outbox to be sent, each by one node at a time, and settles how that
 * ended.
 */
@ApplicationScoped
public class Leasing {

  /** So few that all of them can be tried before others may try them. */
  public static final int AT_A_TIME = 20;

  @PersistenceContext EntityManager entities;
  @Inject Outbox outbox;
  @Inject Gateways gateways;
  @Inject Routing routing;
  @Inject Clock clock;
  @Inject Event<MessageQueued> due;

  /**
   * Takes messages that are due and that no other node is sending, {@link #AT_A_TIME} at most, and
   * begins a try of each; what stays here is settled on the way. Empty where nothing is due.
   *
   * @param except recipients whose messages are left where they are
   * @param served companies of which the same is true
   */
  public List<Delivery> lease(Channel channel, Set<String> except, Set<UUID> served) {
    StringBuilder others = new StringBuilder();
    Map<String, Object> parameters = new HashMap<>();
    if (!except.isEmpty()) {
      others.append(" and recipient not in (:except)");
      parameters.put("except", except);
    }
    if (!served.isEmpty()) {
      others.append(" and company_id not in (:served)");
      parameters.put("served", served);
    }
    return lease(channel, now -> due(channel, now, others.toString(), parameters, AT_A_TIME));
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
        Optional<NoticeText> text = outbox.text(message);
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
    List<OutboxMessage> substitutes = outbox.withSubstitutes(message).skip(1).toList();
    if (message.status() == OutboxMessage.Status.SENT) {
      substitutes.forEach(entities::remove);
    } else if (!substitutes.isEmpty()) {
      substitutes.get(0).standIn(now);
      due.fire(new MessageQueued(substitutes.get(0).channel()));
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
}
