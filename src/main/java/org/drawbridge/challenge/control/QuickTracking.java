package org.drawbridge.challenge.control;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.drawbridge.challenge.control.TrackWriter.Written;
import org.drawbridge.challenge.control.Tracking.Tracked;
import org.drawbridge.kernel.Database;
import org.drawbridge.kernel.GroupCommit;

/**
 * Tracks what most people do most of the time: logging in as before, where nothing changes but that
 * there is an attempt more. Many of these are decided and recorded together ({@link GroupCommit}).
 * Whatever else there is to do is for {@link Tracking}.
 */
@ApplicationScoped
public class QuickTracking {

  private static final Duration BUDGET = Duration.ofSeconds(2);

  @Inject RuleSets ruleSets;
  @Inject Tracking tracking;
  @Inject AttemptMetrics metrics;
  @Inject Clock clock;

  private GroupCommit<Track, Written> queue;

  @PostConstruct
  void start() {
    queue = new GroupCommit<>("attempts", new TrackWriter(new Database(), ruleSets, clock));
    queue.start();
    metrics.measure(queue);
  }

  /** At the start, so that the first attempt does not pay for it and its metrics are there. */
  void begin(@Observes @Initialized(ApplicationScoped.class) Object start) {}

  /** Takes no more, and lets what was taken be recorded and answered. */
  @PreDestroy
  void stop() {
    queue.stop();
  }

  /** Empty where there is more to do, and nothing is done. */
  public Optional<Tracked> track(Track track) {
    Written written = queue.ask(track, System.nanoTime() + BUDGET.toNanos());
    metrics.tracked(written != null);
    return written == null
        ? Optional.empty()
        : Optional.of(
            tracking.tracked(track, written.attempt(), written.enrolled(), written.allowed()));
  }
}
