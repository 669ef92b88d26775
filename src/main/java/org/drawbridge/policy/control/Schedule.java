package org.drawbridge.policy.control;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.drawbridge.policy.entity.Frequency;
import org.jspecify.annotations.Nullable;

/**
 * When something comes, again and again, by the clock on the wall of a zone.
 *
 * <ul>
 *   <li>A time that the clock skips, because it is put forward, comes at the first moment after.
 *   <li>A time that the clock shows twice, because it is put back, comes the first time only. This
 *       holds for every cron: {@code 0 * * * *} comes once in the two hours that are one on the
 *       wall, and <code>*&#47;10 * * * *</code> pauses for the second of them. Only a schedule that
 *       starts in that second hour comes in it.
 *   <li>The 29th to 31st come on the last day of a month that has no such day.
 *   <li>Times that fall on the same instant by these rules are one occurrence.
 * </ul>
 *
 * <p>All occurrences are in the years 1970 to 9999 of UTC; a schedule that starts later has none.
 * Searching costs the same whatever the distance: some milliseconds for the worst of crons, some
 * microseconds for a frequency. Nothing is ever thrown for an instant.
 */
public final class Schedule {

  private static final Instant EARLIEST = Instant.EPOCH;
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private final WallClockTimes times;

  /** In the years from 1970 on, or past all occurrences. */
  private final Instant start;

  private final ZoneId zone;

  private Schedule(WallClockTimes times, Instant start, ZoneId zone) {
    this.times = times;
    this.start = start;
    this.zone = zone;
  }

  /**
   * Recurs from the anchor on, at the time of day that the anchor has in the zone.
   *
   * @param anchor the first occurrence; for {@link Frequency#WEEKDAYS} the first is on the first
   *     weekday from there. With an anchor before 1970 there are no occurrences
   */
  public static Schedule of(Frequency frequency, Instant anchor, ZoneId zone) {
    if (anchor.isBefore(EARLIEST) || anchor.isAfter(LATEST)) {
      return new Schedule(new Recurrence(Frequency.ONCE, LocalDateTime.MAX), Instant.MAX, zone);
    }
    LocalDateTime local = LocalDateTime.ofInstant(anchor, zone);
    return new Schedule(new Recurrence(frequency, local), anchor, zone);
  }

  /**
   * Comes when a cron says.
   *
   * @param notBefore the first instant at which it may come; null for no such bound
   */
  public static Schedule of(CronExpression cron, @Nullable Instant notBefore, ZoneId zone) {
    return new Schedule(cron, later(EARLIEST, notBefore == null ? EARLIEST : notBefore), zone);
  }

  /** The first occurrence after an instant, never at it; empty if none comes. */
  public Optional<Occurrence> next(Instant after) {
    return after.isBefore(LATEST) ? atOrAfter(after.plusNanos(1)) : Optional.empty();
  }

  /** The last occurrence after the one instant and not after the other: what was missed. */
  public Optional<Occurrence> latest(Instant after, Instant until) {
    Instant end = until.isAfter(LATEST) ? LATEST : until;
    if (end.isBefore(start)) {
      return Optional.empty();
    }
    return lastUntil(endOfWallClock(end))
        .filter(found -> !found.at().isAfter(end))
        .or(() -> lastUntil(wallClock(end)))
        .filter(found -> found.at().isAfter(after) && !found.at().isBefore(start));
  }

  /** The first so many occurrences at or after an instant; fewer if no more come. */
  public List<Occurrence> from(Instant from, int count) {
    List<Occurrence> found = new ArrayList<>();
    Optional<Occurrence> next = count > 0 ? atOrAfter(from) : Optional.empty();
    while (next.isPresent()) {
      found.add(next.get());
      next = found.size() < count ? next(next.get().at()) : Optional.empty();
    }
    return List.copyOf(found);
  }

  /**
   * The cron that says the same, in five fields, if it starts at the anchor; empty for what no cron
   * can say: {@link Frequency#ONCE}, {@link Frequency#BI_WEEKLY}, and seconds.
   */
  public Optional<String> cron() {
    return times.cron();
  }

  private Optional<Occurrence> atOrAfter(Instant instant) {
    Instant from = later(instant, start);
    if (from.isAfter(LATEST)) {
      return Optional.empty();
    }
    Optional<Occurrence> found = times.atOrAfter(startOfWallClock(from)).map(this::occurrence);
    if (found.isPresent() && found.get().at().isBefore(from)) {
      // In the second hour of two that are one on the wall: all of its times came in the first.
      found = times.atOrAfter(endOfOverlap(found.get().local())).map(this::occurrence);
    }
    return found.filter(occurrence -> !occurrence.at().isAfter(LATEST));
  }

  private Optional<Occurrence> lastUntil(LocalDateTime local) {
    return times.atOrBefore(local).map(this::occurrence);
  }

  /** The instant of a wall-clock time. Of two such times, the earlier has no later instant. */
  private Occurrence occurrence(LocalDateTime local) {
    ZoneOffsetTransition change = rules().getTransition(local);
    if (change != null && change.isGap()) {
      return atEndOf(change);
    }
    // A start past the first of two equal hours leaves the second, or what is left of it.
    boolean isRepeat = change != null && !start.isBefore(change.getInstant());
    Instant at = local.toInstant(isRepeat ? change.getOffsetAfter() : rules().getOffset(local));
    return new Occurrence(at, local, times.isOfShortMonth(local) ? Shift.SHORT_MONTH : null);
  }

  /** What is left of the times in a gap that has some; a time of its own comes without a shift. */
  private Occurrence atEndOf(ZoneOffsetTransition gap) {
    if (times.include(gap.getDateTimeAfter())) {
      return occurrence(gap.getDateTimeAfter());
    }
    LocalDateTime skipped = times.atOrAfter(gap.getDateTimeBefore()).orElseThrow();
    return new Occurrence(gap.getInstant(), skipped, Shift.DST_GAP);
  }

  private LocalDateTime wallClock(Instant instant) {
    return LocalDateTime.ofInstant(instant, zone);
  }

  /** The earliest wall-clock time that comes at an instant. */
  private LocalDateTime startOfWallClock(Instant instant) {
    LocalDateTime local = wallClock(instant);
    ZoneOffsetTransition change = rules().getTransition(local.minusNanos(1));
    boolean isEndOfGap = change != null && change.isGap() && change.getInstant().equals(instant);
    return isEndOfGap ? change.getDateTimeBefore() : local;
  }

  /** No later wall-clock time has come at an instant, though the clock may have been put back. */
  private LocalDateTime endOfWallClock(Instant instant) {
    LocalDateTime local = wallClock(instant);
    ZoneOffsetTransition change = rules().getTransition(local);
    return change != null && change.isOverlap() ? change.getDateTimeBefore().minusNanos(1) : local;
  }

  private LocalDateTime endOfOverlap(LocalDateTime local) {
    return rules().getTransition(local).getDateTimeBefore();
  }

  private ZoneRules rules() {
    return zone.getRules();
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
