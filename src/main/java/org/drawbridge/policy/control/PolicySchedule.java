package org.drawbridge.policy.control;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.drawbridge.policy.entity.PolicyTerms;
import org.drawbridge.policy.entity.PolicyType;
import org.drawbridge.policy.entity.SimulationTooLarge;

/** When the terms of a policy make it act. Preview, timer and simulation all ask here. */
public final class PolicySchedule {

  private static final int MOST_AT_ONCE = 10_000;

  private PolicySchedule() {}

  /** Empty where the terms do not make the policy act by time. */
  static Optional<Schedule> of(PolicyTerms terms) {
    return terms.policyType() == PolicyType.SCHEDULED ? said(terms) : Optional.empty();
  }

  /** The schedule as a cron, whatever the policy's type; empty where no cron can say it. */
  static Optional<String> cron(PolicyTerms terms) {
    return said(terms).flatMap(Schedule::cron);
  }

  /** Whether a cron expression is what the terms say. */
  public static boolean isSaidBy(PolicyTerms terms, String cron) {
    Optional<String> said = cron(terms);
    return said.isPresent() && CronExpression.parse(cron).map(CronExpression::text).equals(said);
  }

  /** Whether or not the policy acts by it; empty where the terms name no times. */
  private static Optional<Schedule> said(PolicyTerms terms) {
    ZoneId zone = ZoneId.of(terms.timeZone());
    if (terms.cronSchedule() != null) {
      return CronExpression.parse(terms.cronSchedule())
          .map(cron -> Schedule.of(cron, terms.scheduleDateTime(), zone));
    }
    if (terms.frequency() == null || terms.scheduleDateTime() == null) {
      return Optional.empty();
    }
    return Optional.of(Schedule.of(terms.frequency(), terms.scheduleDateTime(), zone));
  }

  /** The first occurrence in the policy's active time, strictly after. */
  static Optional<Occurrence> next(PolicyTerms terms, Instant after) {
    Instant active = terms.activeDate();
    // At the very beginning of its active time, a policy acts.
    Instant from = active != null && active.isAfter(after) ? active.minusNanos(1) : after;
    return of(terms)
        .flatMap(schedule -> schedule.next(from))
        .filter(occurrence -> !terms.hasEndedAt(occurrence.at()));
  }

  /** The latest of the occurrences that have come, from {@code first} on; what is missed is one. */
  static Optional<Occurrence> latest(PolicyTerms terms, Instant first, Instant now) {
    Instant active = terms.activeDate();
    Instant from = active != null && active.isAfter(first) ? active : first;
    Instant end = terms.endDate();
    Instant until = end != null && !end.isAfter(now) ? end.minusNanos(1) : now;
    return from.isAfter(until)
        ? Optional.empty()
        : of(terms).flatMap(schedule -> schedule.latest(from.minusNanos(1), until));
  }

  /** The next {@code count} occurrences from that time on. */
  public static List<Occurrence> from(PolicyTerms terms, Instant from, int count) {
    List<Occurrence> occurrences = new ArrayList<>();
    Instant after = from.minusNanos(1);
    while (occurrences.size() < count) {
      Optional<Occurrence> next = next(terms, after);
      if (next.isEmpty()) {
        break;
      }
      occurrences.add(next.get());
      after = next.get().at();
    }
    return occurrences;
  }

  /**
   * All occurrences from the one time on, before the other.
   *
   * @throws SimulationTooLarge where there are more than {@value #MOST_AT_ONCE}
   */
  static List<Occurrence> between(PolicyTerms terms, Instant from, Instant to) {
    List<Occurrence> occurrences = new ArrayList<>();
    Optional<Occurrence> next = next(terms, from.minusNanos(1));
    while (next.isPresent() && next.get().at().isBefore(to)) {
      if (occurrences.size() == MOST_AT_ONCE) {
        throw SimulationTooLarge.ofOccurrences(MOST_AT_ONCE);
      }
      occurrences.add(next.get());
      next = next(terms, next.get().at());
    }
    return occurrences;
  }
}
