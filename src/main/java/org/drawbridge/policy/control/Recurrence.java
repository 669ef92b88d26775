package org.drawbridge.policy.control;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.drawbridge.policy.entity.Frequency;

/**
 * The anchor and every so many days or months after it.
 *
 * <p>Each time is counted from the anchor and not from the one before, so that 31 January comes
 * again on 28 February and on 31 March.
 */
record Recurrence(Frequency frequency, LocalDateTime anchor) implements WallClockTimes {

  @Override
  public Optional<LocalDateTime> atOrAfter(LocalDateTime time) {
    long last = lastIndexUntil(time);
    boolean isHit = last >= 0 && nth(last).equals(time);
    LocalDateTime found = nth(isHit ? last : last + 1);
    if (frequency == Frequency.ONCE && found.isAfter(anchor)) {
      return Optional.empty();
    }
    return Optional.of(found.plusDays(weekendDays(found, 2, 1)));
  }

  @Override
  public Optional<LocalDateTime> atOrBefore(LocalDateTime time) {
    long last = lastIndexUntil(time);
    if (last < 0) {
      return Optional.empty();
    }
    LocalDateTime found = nth(frequency == Frequency.ONCE ? 0 : last);
    LocalDateTime weekday = found.minusDays(weekendDays(found, 1, 2));
    return weekday.isBefore(anchor) ? Optional.empty() : Optional.of(weekday);
  }

  @Override
  public boolean isOfShortMonth(LocalDateTime time) {
    return unit() == ChronoUnit.MONTHS && time.getDayOfMonth() != anchor.getDayOfMonth();
  }

  @Override
  public Optional<String> cron() {
    if (anchor.getSecond() != 0 || anchor.getNano() != 0) {
      return Optional.empty();
    }
    int day = anchor.getDayOfMonth();
    return switch (frequency) {
      case ONCE, BI_WEEKLY -> Optional.empty();
      case DAILY -> daysOfCron("* * *");
      case WEEKDAYS -> daysOfCron("* * 1-5");
      case WEEKLY -> daysOfCron("* * " + anchor.getDayOfWeek().getValue() % 7);
      case MONTHLY -> daysOfCron(day + " * *");
      case QUARTERLY -> daysOfCron(day + " " + months() + " *");
      case ANNUALLY -> daysOfCron(day + " " + anchor.getMonthValue() + " *");
    };
  }

  private Optional<String> daysOfCron(String days) {
    return Optional.of(anchor.getMinute() + " " + anchor.getHour() + " " + days);
  }

  private String months() {
    return IntStream.rangeClosed(1, 12)
        .filter(month -> (month - anchor.getMonthValue()) % step() == 0)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(","));
  }

  /** Weekends are among them for {@link Frequency#WEEKDAYS} too. */
  private LocalDateTime nth(long index) {
    return anchor.plus(index * step(), unit());
  }

  /** Negative before the anchor. */
  private long lastIndexUntil(LocalDateTime time) {
    if (time.isBefore(anchor)) {
      return -1;
    }
    long index = unit().between(anchor, time) / step();
    // From 31 January to 28 February is no whole month, and yet an occurrence.
    return nth(index + 1).isAfter(time) ? index : index + 1;
  }

  /** How many days to go from a weekend to a day that counts; 0 from any other day. */
  private int weekendDays(LocalDateTime time, int onSaturday, int onSunday) {
    if (frequency != Frequency.WEEKDAYS) {
      return 0;
    }
    return switch (time.getDayOfWeek()) {
      case SATURDAY -> onSaturday;
      case SUNDAY -> onSunday;
      default -> 0;
    };
  }

  private ChronoUnit unit() {
    return switch (frequency) {
      case ONCE, DAILY, WEEKDAYS, WEEKLY, BI_WEEKLY -> ChronoUnit.DAYS;
      case MONTHLY, QUARTERLY, ANNUALLY -> ChronoUnit.MONTHS;
    };
  }

  private int step() {
    return switch (frequency) {
      case ONCE, DAILY, WEEKDAYS, MONTHLY -> 1;
      case WEEKLY -> 7;
      case BI_WEEKLY -> 14;
      case QUARTERLY -> 3;
      case ANNUALLY -> 12;
    };
  }
}
