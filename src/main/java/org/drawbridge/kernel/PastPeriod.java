package org.drawbridge.kernel;

import java.time.Duration;
import java.time.Instant;
import org.drawbridge.problem.Impossible;
import org.drawbridge.problem.MemberError;

/** What a dry run looks back on. */
public final class PastPeriod {

  private static final Duration LONGEST = Duration.ofDays(92);

  private PastPeriod() {}

  /**
   * @throws Impossible naming {@code to} where it is not after the beginning, or too long after it
   */
  public static void require(Instant from, Instant to) {
    if (!to.isAfter(from) || to.isAfter(from.plus(LONGEST))) {
      throw new Impossible(
          MemberError.at("to", "must be after from, by at most " + LONGEST.toDays() + " days"));
    }
  }
}
