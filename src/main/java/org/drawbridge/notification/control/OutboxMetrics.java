package org.drawbridge.notification.control;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.drawbridge.notification.entity.Channel;

/** Counts what this node sent, and keeps how many messages wait for any node. */
@ApplicationScoped
public class OutboxMetrics {

  private final Map<Channel, AtomicLong> waiting = new EnumMap<>(Channel.class);
  private final Map<Channel, Counter> sent = new EnumMap<>(Channel.class);
  private final Map<Channel, Counter> failed = new EnumMap<>(Channel.class);
  private final Map<Channel, Counter> givenUp = new EnumMap<>(Channel.class);

  protected OutboxMetrics() {}

  @Inject
  public OutboxMetrics(MeterRegistry registry) {
    for (Channel channel : Channel.values()) {
      AtomicLong number = new AtomicLong();
      waiting.put(channel, number);
      Gauge.builder("drawbridge.outbox.waiting", number, AtomicLong::get)
          .description("Messages in the database that are not yet sent")
          .tag("channel", channel.name())
          .register(registry);
      sent.put(channel, counter(registry, channel, "sent", "Messages that a gateway took over"));
      failed.put(channel, counter(registry, channel, "failed", "Tries to send that failed"));
      givenUp.put(channel, counter(registry, channel, "abandoned", "Messages that were given up"));
    }
  }

  private static Counter counter(
      MeterRegistry registry, Channel channel, String name, String description) {
    return Counter.builder("drawbridge.outbox." + name)
        .description(description)
        .tag("channel", channel.name())
        .register(registry);
  }

  public void waiting(Channel channel, long number) {
    of(waiting, channel).set(number);
  }

  public void sent(Channel channel) {
    of(sent, channel).increment();
  }

  public void failed(Channel channel) {
    of(failed, channel).increment();
  }

  public void givenUp(Channel channel) {
    of(givenUp, channel).increment();
  }

  private static <T> T of(Map<Channel, T> meters, Channel channel) {
    return Objects.requireNonNull(meters.get(channel));
  }
}
