package org.drawbridge.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for conditions, so that no test sleeps. */
public final class Await {

  private static final Duration BETWEEN = Duration.ofMillis(20);

  private Await() {}

  /** Lets time pass, in long tests and measurements that are about nothing else. */
  public static void pass(Duration time) {
    until(time, () -> false);
  }

  /** Whether the condition came true in time. */
  public static boolean until(Duration most, BooleanSupplier condition) {
    return until(most, BETWEEN, condition);
  }

  /**
   * Whether the condition came true in time.
   *
   * @param between how long is waited until it is looked at again
   */
  public static boolean until(Duration most, Duration between, BooleanSupplier condition) {
    long deadline = System.nanoTime() + most.toNanos();
    while (System.nanoTime() < deadline) {
      if (condition.getAsBoolean()) {
        return true;
      }
      LockSupport.parkNanos(between.toNanos());
    }
    return condition.getAsBoolean();
  }
}
