package org.drawbridge.protection.control;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.drawbridge.account.entity.AccountStatus;
import org.drawbridge.kernel.GroupCommit;
import org.drawbridge.protection.entity.Answer;

/** Counts checks by outcome and measures how long their answers took. */
@ApplicationScoped
public class CheckMetrics {

  private final Map<AccountStatus, Timer> answered = new EnumMap<>(AccountStatus.class);
  private final Counter unrecorded;
  private final MeterRegistry registry;

  @Inject
  public CheckMetrics(MeterRegistry registry) {
    this.registry = registry;
    for (AccountStatus status : AccountStatus.values()) {
      answered.put(
          status,
          Timer.builder("drawbridge.checks")
              .description("Protection checks answered, by outcome")
              .tag("outcome", status.name())
              .serviceLevelObjectives(
                  Duration.ofMillis(1),
                  Duration.ofMillis(2),
                  Duration.ofMillis(5),
                  Duration.ofMillis(10),
                  Duration.ofMillis(15),
                  Duration.ofMillis(25),
                  Duration.ofMillis(50),
                  Duration.ofMillis(100),
                  Duration.ofMillis(250),
                  Duration.ofSeconds(1),
                  Duration.ofSeconds(2))
              .register(registry));
    }
    unrecorded =
        Counter.builder("drawbridge.checks.unrecorded")
            .description("Protection checks that could not be recorded in time")
            .register(registry);
  }

  protected CheckMetrics() {
    this(new io.micrometer.core.instrument.simple.SimpleMeterRegistry());
  }

  void measure(GroupCommit<?, ?> queue) {
    Gauge.builder("drawbridge.checks.waiting", queue, GroupCommit::size)
        .description("Protection checks that wait for the writer")
        .register(registry);
  }

  void answered(Answer answer, long nanos) {
    Timer timer = answered.get(answer.status());
    if (timer != null) {
      timer.record(nanos, TimeUnit.NANOSECONDS);
    }
  }

  void unrecorded() {
    unrecorded.increment();
  }
}
