package org.drawbridge.architecture.planted.account.control;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.function.Supplier;

/** Wrong in all but two ways. */
public class TellsTheTime {

  public Instant byInstant() {
    return Instant.now();
  }

  public Supplier<Instant> byReference() {
    return Instant::now;
  }

  public long byMillis() {
    return System.currentTimeMillis();
  }

  public Clock byClock() {
    return Clock.systemUTC();
  }

  public Clock byTicks() {
    return Clock.tickSeconds(ZoneOffset.UTC);
  }

  @SuppressWarnings("JavaUtilDate")
  public Object byDate() {
    return new Date();
  }

  public OffsetDateTime byOffset() {
    return OffsetDateTime.now(ZoneOffset.UTC);
  }

  public Instant byItsClock(Clock clock) {
    return Instant.now(clock);
  }

  public Clock byItsTickingClock(Clock clock) {
    return Clock.tick(clock, Duration.ofSeconds(1));
  }
}
