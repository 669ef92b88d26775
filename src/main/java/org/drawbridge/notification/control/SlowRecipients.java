package org.drawbridge.notification.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.drawbridge.notification.entity.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Recipients to whom the last try took long, on this node. They wait for each other's turns, so
 * that nobody else waits for them: one company's endpoint that hangs must not hold up the messages
 * of all others.
 */
@ApplicationScoped
public class SlowRecipients {

  /** A try that takes longer makes its recipient a slow one; one that does not ends it. */
  private static final Duration LONG = Duration.ofSeconds(1);

  /** So many are known at most on a channel; a look for messages leaves out each of them. */
  private static final int MOST = 1_000;

  private final Map<Channel, Set<String>> known = new EnumMap<>(Channel.class);
  private final Map<Channel, Set<String>> waiting = new EnumMap<>(Channel.class);

  public SlowRecipients() {
    for (Channel channel : Channel.values()) {
      known.put(channel, new LinkedHashSet<>());
      waiting.put(channel, new LinkedHashSet<>());
    }
  }

  /** Learns how long a try took, where recipients have endpoints of their own. */
  public synchronized void learn(Delivery delivery, Duration took) {
    Channel channel = delivery.channel();
    if (took.compareTo(LONG) <= 0) {
      known(channel).remove(delivery.recipient());
      waiting(channel).remove(delivery.recipient());
    } else if (!channel.hasOneGateway()
        && known(channel).size() < MOST
        && known(channel).add(delivery.recipient())) {
      waiting(channel).add(delivery.recipient());
    }
  }

  public synchronized Set<String> on(Channel channel) {
    return Set.copyOf(known(channel));
  }

  public synchronized boolean include(Delivery delivery) {
    return known(delivery.channel()).contains(delivery.recipient());
  }

  /**
   * Whose turn it is; nobody else's thread gets that one until it is {@link #returned}. Null where
   * none waits.
   */
  public synchronized @Nullable String next(Channel channel) {
    Set<String> all = waiting(channel);
    String next = all.isEmpty() ? null : all.iterator().next();
    all.remove(next);
    return next;
  }

  /** It has had its turn, and waits for the next one if it is still slow. */
  public synchronized void returned(Channel channel, String recipient) {
    if (known(channel).contains(recipient)) {
      waiting(channel).add(recipient);
    }
  }

  private Set<String> known(Channel channel) {
    return Objects.requireNonNull(known.get(channel));
  }

  private Set<String> waiting(Channel channel) {
    return Objects.requireNonNull(waiting.get(channel));
  }
}
