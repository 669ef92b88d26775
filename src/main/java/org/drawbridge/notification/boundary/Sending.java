package org.drawbridge.notification.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.drawbridge.notification.control.CompanyTurns;
import org.drawbridge.notification.control.Delivery;
import org.drawbridge.notification.control.DeliveryFailed;
import org.drawbridge.notification.control.Gateways;
import org.drawbridge.notification.control.Leasing;
import org.drawbridge.notification.control.Line;
import org.drawbridge.notification.control.OutboxMetrics;
import org.drawbridge.notification.control.Outcome;
import org.drawbridge.notification.control.SlowRecipients;
import org.drawbridge.notification.entity.Channel;
import org.drawbridge.problem.LogLine;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is due. Messages are leased a few at a time, and what became of them is recorded
 * together, a second later at most: what a crash makes arrive twice is shown once, and on a channel
 * where it is not, each outcome is recorded by itself. Recipients that take long are left to {@link
 * #slow}. The log names messages, never recipients or texts.
 */
@ApplicationScoped
public class Sending {

  private static final Logger LOG = Logger.getLogger(Sending.class.getName());

  private static final Duration TOGETHER = Duration.ofSeconds(1);

  /** After that, what a thread has leased and not begun is anybody's again. */
  private static final Duration TURN = Duration.ofSeconds(1);

  @Inject OutboxTransactions transactions;
  @Inject Gateways gateways;
  @Inject SlowRecipients slow;
  @Inject CompanyTurns turns;
  @Inject OutboxMetrics metrics;
  @Inject Clock clock;

  /**
   * Goes on until nothing is due but to the slow.
   *
   * @param more called when there may be more than one thread can send
   */
  void all(Channel channel, Runnable more) {
    List<Delivery> leased = lease(channel);
    if (leased.isEmpty()) {
      return;
    }
    try (Line line = gateways.line(channel)) {
      for (; !leased.isEmpty(); leased = lease(channel)) {
        if (leased.size() == Leasing.AT_A_TIME) {
          more.run();
        }
        some(line, leased);
      }
    }
  }

  /** Of companies that have not had their turn, where anything is due to any of these. */
  private List<Delivery> lease(Channel channel) {
    Instant start = clock.instant();
    Set<UUID> served = turns.served(channel, start);
    List<Delivery> leased = transactions.lease(channel, slow.leftOut(channel), served);
    if (leased.isEmpty() && !served.isEmpty()) {
      Instant now = clock.instant();
      turns.end(channel, now, Duration.between(start, now));
      leased = transactions.lease(channel, slow.leftOut(channel), Set.of());
    }
    turns.serve(channel, leased);
    return leased;
  }

  boolean hasSlow(Channel channel) {
    return slow.number(channel) > 0;
  }

  /** Has each slow recipient that is in no other thread's hands have one try. */
  void slow(Channel channel) {
    for (int turns = slow.number(channel); turns > 0; turns--) {
      String recipient = slow.next(channel);
      if (recipient == null) {
        return;
      }
      try (Line line = gateways.line(channel)) {
        settle(
            transactions.leaseOne(channel, recipient).stream()
                .map(delivery -> tried(line, delivery))
                .toList());
      } finally {
        slow.returned(channel, recipient);
      }
    }
  }

  private void some(Line line, List<Delivery> leased) {
    List<Outcome> outcomes = new ArrayList<>();
    List<Delivery> notTried = new ArrayList<>();
    Instant since = clock.instant();
    Instant turnEnds = since.plus(TURN);
    boolean goesOn = true;
    for (Delivery delivery : leased) {
      Instant now = clock.instant();
      boolean isInTime = now.isBefore(turnEnds) && now.isBefore(delivery.until());
      if (!goesOn || !isInTime || !slow.begin(delivery)) {
        notTried.add(delivery);
        continue;
      }
      outcomes.add(tried(line, delivery));
      // The others have waited long enough for this one: any thread may have them now.
      goesOn = !slow.isSlow(delivery);
      if (!delivery.channel().knowsRepeats() || now.isAfter(since.plus(TOGETHER))) {
        settle(outcomes);
        outcomes.clear();
        since = now;
      }
    }
    settle(outcomes);
    if (!notTried.isEmpty()) {
      transactions.release(notTried);
    }
  }

  private Outcome tried(Line line, Delivery delivery) {
    Instant start = clock.instant();
    try {
      return new Outcome(delivery, failure(line, delivery));
    } finally {
      slow.end(delivery, Duration.between(start, clock.instant()));
    }
  }

  /** Null where there was none. */
  private static @Nullable DeliveryFailed failure(Line line, Delivery delivery) {
    try {
      line.send(delivery);
      return null;
    } catch (DeliveryFailed e) {
      return e;
    } catch (Exception e) {
      // Not RuntimeException alone: Kotlin throws checked exceptions that it does not declare. The
      // next message may fare better, and what has been sent must be settled.
      line("outbox.try-broke", delivery).log(LOG, Level.WARNING, e);
      return DeliveryFailed.of(e);
    }
  }

  private void settle(List<Outcome> outcomes) {
    if (outcomes.isEmpty()) {
      return;
    }
    List<Delivery> givenUp = transactions.settle(outcomes);
    for (Outcome outcome : outcomes) {
      Delivery delivery = outcome.delivery();
      if (outcome.failure() == null) {
        metrics.sent(delivery.channel());
      } else {
        metrics.failed(delivery.channel());
        tell(delivery, givenUp.contains(delivery));
      }
    }
  }

  private void tell(Delivery delivery, boolean isGivenUp) {
    if (isGivenUp) {
      metrics.givenUp(delivery.channel());
      line("outbox.given-up", delivery).log(LOG, Level.WARNING);
    } else {
      line("outbox.try-failed", delivery).log(LOG, Level.INFO);
    }
  }

  private static LogLine line(String event, Delivery delivery) {
    return LogLine.event(event)
        .with("message", delivery.key().id())
        .with("channel", delivery.channel())
        .with("kind", delivery.kind());
  }
}
