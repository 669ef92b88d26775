package org.drawbridge.notification.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.drawbridge.notification.entity.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Recipients to whom the last try took long, on this node. They wait for each other's turns, so
 * that nobody else waits for them: one company's endpoint that hangs must not hold up the messages
 * of all others. One that nothing is known of is tried by one thread at a time, until it has been
 * quick once.
 */
@ApplicationScoped
public class SlowRecipients {

  /** A try that takes longer makes its recipient a slow one; one that does not ends it. */
  private static final Duration LONG = Duration.ofSeconds(1);

  /** So many are known at most on a channel; a look for messages leaves out each slow one. */
  private static final int MOST = 1_000;

  private final Map<Channel, Known> known = new EnumMap<>(Channel.class);

  /** Of one channel. */
  private static final class Known {

    final Set<String> quick = new LinkedHashSet<>();
    final Set<String> tried = new HashSet<>();
    final Set<String> slow = new HashSet<>();
    final Set<String> waiting = new LinkedHashSet<>();

    void quick(String recipient) {
      slow.remove(recipient);
      waiting.remove(recipient);
      quick.add(recipient);
      if (quick.size() > MOST) {
        quick.remove(quick.iterator().next());
      }
    }

    void slow(String recipient) {
      quick.remove(recipient);
      if (slow.size() < MOST && slow.add(recipient)) {
        waiting.add(recipient);
      }
    }
  }

  public SlowRecipients() {
    for (Channel channel : Channel.values()) {
      known.put(channel, new Known());
    }
  }

  /**
   * Begins a try among all others.
   *
   * @return false where the recipient is slow, or another thread is finding out whether it is
   */
  public synchronized boolean begin(Delivery delivery) {
    Known all = on(delivery.channel());
    String recipient = delivery.recipient();
    return delivery.channel().hasOneGateway()
        || all.quick.contains(recipient)
        || (!all.slow.contains(recipient) && all.tried.add(recipient));
  }

  /** Ends a try, and learns how long it took. */
  public synchronized void end(Delivery delivery, Duration took) {
    Known all = on(delivery.channel());
    all.tried.remove(delivery.recipient());
    if (delivery.channel().hasOneGateway()) {
      return;
    }
    if (took.compareTo(LONG) > 0) {
      all.slow(delivery.recipient());
    } else {
      all.quick(delivery.recipient());
    }
  }

  public synchronized boolean isSlow(Delivery delivery) {
    return on(delivery.channel()).slow.contains(delivery.recipient());
  }

  public synchronized int number(Channel channel) {
    return on(channel).slow.size();
  }

  /** To whom a try could not begin now. */
  public synchronized Set<String> leftOut(Channel channel) {
    Set<String> all = new HashSet<>(on(channel).slow);
    all.addAll(on(channel).tried);
    return all;
  }

  /**
   * Whose turn it is; nobody else's thread gets that one until it is {@link #returned}. Null where
   * none waits.
   */
  public synchronized @Nullable String next(Channel channel) {
    Set<String> waiting = on(channel).waiting;
    if (waiting.isEmpty()) {
      return null;
    }
    String next = waiting.iterator().next();
    waiting.remove(next);
    return next;
  }

  /** It has had its turn, and waits for the next one if it is still slow. */
  public synchronized void returned(Channel channel, String recipient) {
    if (on(channel).slow.contains(recipient)) {
      on(channel).waiting.add(recipient);
    }
  }

  private Known on(Channel channel) {
    return Objects.requireNonNull(known.get(channel));
  }
}
