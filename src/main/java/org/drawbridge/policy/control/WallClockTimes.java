package org.drawbridge.policy.control;

import java.time.LocalDateTime;
import java.util.Optional;

/** Ascending times as a clock on the wall shows them, in a place that never changes its clock. */
interface WallClockTimes {

  Optional<LocalDateTime> atOrAfter(LocalDateTime time);

  Optional<LocalDateTime> atOrBefore(LocalDateTime time);

  /**
   * Whether a time is one of these only because its month has no day of the number asked for.
   *
   * @param time one of these times
   */
  boolean isOfShortMonth(LocalDateTime time);

  /** The same times as a 5-field cron, where one can say it. */
  Optional<String> cron();

  default boolean include(LocalDateTime time) {
    return atOrAfter(time).filter(time::equals).isPresent();
  }
}
