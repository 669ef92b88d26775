package org.drawbridge.notification.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.drawbridge.kernel.Dialling;
import org.drawbridge.kernel.Ids;
import org.drawbridge.kernel.Notice;
import org.drawbridge.kernel.OwnedId;
import org.drawbridge.kernel.Page;
import org.drawbridge.kernel.PageRequest;
import org.drawbridge.kernel.Vault;
import org.drawbridge.notification.entity.Channel;
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
  @Inject NoticeTemplates templates;
  @Inject Gateways gateways;
  @Inject Vault vault;
  @Inject Clock clock;

  /** Puts down a message for each channel on which the notice has a recipient. */
  public void add(Notice notice) {
    add(Channel.MAIL, notice.email(), notice);
    add(Channel.SMS, notice.phone() == null ? null : Dialling.digits(notice.phone()), notice);
  }

  private void add(Channel channel, @Nullable String recipient, Notice notice) {
    if (recipient == null) {
      return;
    }
    NoticeText text = templates.text(channel, notice.kind(), notice.facts());
    Instant now = clock.instant();
    UUID id = Ids.next(now);
    UUID companyId = notice.companyId();
    byte[] sealed =
        vault.seal(
            text.written().getBytes(StandardCharsets.UTF_8), OutboxMessage.context(companyId, id));
    entities.persist(
        new OutboxMessage(companyId, id, channel, notice.kind(), recipient, sealed, now));
  }

  /**
   * Takes a message that is due and that no other node is sending, and begins a try; what stays
   * here is settled on the way. Empty where nothing is due.
   */
  public Optional<Delivery> lease(Channel channel) {
    Instant now = clock.instant();
    for (Optional<OutboxMessage> due = due(channel, now);
        due.isPresent();
        due = due(channel, now)) {
      OutboxMessage message = due.get();
      if (gateways.leadOut(channel)) {
        Optional<NoticeText> text = text(message);
        if (text.isPresent()) {
          message.lease(now);
          return Optional.of(delivery(message, text.get()));
        }
        message.giveUp("No master key opens the text", now);
      } else {
        message.stays(now);
      }
      // The next look is by SQL, before which not every provider writes by itself.
      entities.flush();
    }
    return Optional.empty();
  }

  private Optional<OutboxMessage> due(Channel channel, Instant now) {
    @SuppressWarnings("unchecked")
    List<OutboxMessage> due =
        entities
            .createNativeQuery(
                "select * from outbox_messages where channel = :channel and next_try_at <= :now"
                    + " order by next_try_at fetch first 1 row only for update skip locked",
                OutboxMessage.class)
            .setParameter("channel", channel.name())
            .setParameter("now", now)
            .getResultList();
    return due.stream().findFirst();
  }

  private static Delivery delivery(OutboxMessage message, NoticeText text) {
    return new Delivery(
        new OwnedId(message.companyId(), message.id()),
        message.id(),
        message.channel(),
        message.kind(),
        message.recipient(),
        text);
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

  /** Ends the try that the delivery is. Answers how the message stands now. */
  public OutboxMessage.Status settle(
      Delivery delivery, BiConsumer<OutboxMessage, Instant> outcome) {
    OutboxMessage message =
        entities.find(OutboxMessage.class, delivery.key(), LockModeType.PESSIMISTIC_WRITE);
    if (message.status() == OutboxMessage.Status.WAITING) {
      outcome.accept(message, clock.instant());
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

  /** Has a message tried again that was given up. */
  public OutboxMessage tryAgain(UUID id) {
    OutboxMessage message =
        entities
            .createQuery("select m from OutboxMessage m where m.id = :id", OutboxMessage.class)
            .setParameter("id", id)
            .setLockMode(LockModeType.PESSIMISTIC_WRITE)
            .getResultStream()
            .findFirst()
            .orElseThrow(() -> new NotFound("message"));
    message.tryAgain(clock.instant());
    return message;
  }

  /**
   * Of all companies, newest first.
   *
   * @param status null for any
   */
  public Page<OutboxMessage> page(OutboxMessage.@Nullable Status status, PageRequest request) {
    String where = where(status);
    List<OutboxMessage> items =
        entities
            .createQuery(
                "select m from OutboxMessage m" + where + " order by m.id desc",
                OutboxMessage.class)
            .setFirstResult(request.offset())
            .setMaxResults(request.size())
            .getResultList();
    long total =
        entities
            .createQuery("select count(m) from OutboxMessage m" + where, Long.class)
            .getSingleResult();
    return Page.of(request, items, total);
  }

  private static String where(OutboxMessage.@Nullable Status status) {
    if (status == null) {
      return "";
    }
    return switch (status) {
      case WAITING -> " where m.nextTryAt is not null";
      case SENT -> " where m.sentAt is not null";
      case FAILED -> " where m.failedAt is not null";
    };
  }
}
