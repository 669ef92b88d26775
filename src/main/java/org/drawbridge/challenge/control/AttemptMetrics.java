package org.drawbridge.challenge.control;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.drawbridge.kernel.GroupCommit;

/** Counts what is tracked, by how it was recorded. */
@ApplicationScoped
public class AttemptMetrics {

  private final MeterRegistry registry;
  private final Counter together;
  private final Counter alone;

  @Inject
  public AttemptMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.together = counter("TOGETHER");
    this.alone = counter("ALONE");
  }

  protected AttemptMetrics() {
    this(new SimpleMeterRegistry());
  }

  private Counter counter(String recorded) {
    return Counter.builder("drawbridge.attempts")
        .description("Attempts tracked, by whether they were recorded together with others'")
        .tag("recorded", recorded)
        .register(registry);
  }

  void measure(GroupCommit<?, ?> queue) {
    Gauge.builder("drawbridge.attempts.waiting", queue, GroupCommit::size)
        .description("Attempts that wait for the writer")
        .register(registry);
  }

  void tracked(boolean isTogether) {
    (isTogether ? together : alone).increment();
  }
}
