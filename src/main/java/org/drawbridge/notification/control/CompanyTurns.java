package org.drawbridge.notification.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.drawbridge.notification.entity.Channel;

/**
 * Which companies have had messages leased in this round, on this node. They are left out until
 * nothing is due to any other, so that nobody waits for the thousands of messages of one company.
 * Whether any other waits is not asked all the time while one company is alone.
 */
@ApplicationScoped
public class CompanyTurns {

  private static final Duration REST = Duration.ofSeconds(1);

  /** So that a look which finds nothing but that takes one part in so many of the time. */
  private static final int SELDOM = 50;

  /** A round ends with so many companies; each look leaves them all out. */
  private static final int MOST = 100;

  private final Map<Channel, Round> rounds = new EnumMap<>(Channel.class);

  /** Of one channel. */
  private static final class Round {

    final Set<UUID> served = new HashSet<>();
    Instant restsUntil = Instant.MIN;
  }

  public CompanyTurns() {
    for (Channel channel : Channel.values()) {
      rounds.put(channel, new Round());
    }
  }

  /** Whom to leave out now; empty for nobody. */
  public synchronized Set<UUID> served(Channel channel, Instant now) {
    Round round = on(channel);
    return now.isBefore(round.restsUntil) ? Set.of() : Set.copyOf(round.served);
  }

  /** These have their turn. */
  public synchronized void serve(Channel channel, List<Delivery> leased) {
    Set<UUID> served = on(channel).served;
    leased.forEach(delivery -> served.add(delivery.key().companyId()));
    if (served.size() > MOST) {
      served.clear();
    }
  }

  /**
   * Nothing was due to others than those who are {@link #served}: the next round begins.
   *
   * @param took the look that found this out
   */
  public synchronized void end(Channel channel, Instant now, Duration took) {
    Round round = on(channel);
    if (round.served.size() == 1) {
      Duration seldom = took.multipliedBy(SELDOM);
      round.restsUntil = now.plus(seldom.compareTo(REST) > 0 ? seldom : REST);
    }
    round.served.clear();
  }

  private Round on(Channel channel) {
    return Objects.requireNonNull(rounds.get(channel));
  }
}
