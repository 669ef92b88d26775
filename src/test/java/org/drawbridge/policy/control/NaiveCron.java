package org.drawbridge.policy.control;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Cron as slow and as plain as can be: asks of each minute whether it matches. */
record NaiveCron(String text) {

  private static final List<int[]> BOUNDS =
      List.of(
          new int[] {0, 59},
          new int[] {0, 23},
          new int[] {1, 31},
          new int[] {1, 12},
          new int[] {0, 7});

  static NaiveCron random(Random random) {
    return new NaiveCron(
        BOUNDS.stream()
            .map(bounds -> randomField(random, bounds[0], bounds[1]))
            .collect(Collectors.joining(" ")));
  }

  /** In order. */
  List<LocalDateTime> timesOf(LocalDate first, LocalDate last) {
    BitSet hours = values(1);
    BitSet minutes = values(0);
    List<LocalTimeOfDay> times =
        hours.stream()
            .boxed()
            .flatMap(hour -> minutes.stream().mapToObj(minute -> new LocalTimeOfDay(hour, minute)))
            .toList();
    return first
        .datesUntil(last.plusDays(1))
        .filter(this::isDay)
        .flatMap(day -> times.stream().map(time -> day.atTime(time.hour(), time.minute())))
        .toList();
  }

  private record LocalTimeOfDay(int hour, int minute) {}

  private boolean isDay(LocalDate day) {
    if (!values(3).get(day.getMonthValue())) {
      return false;
    }
    boolean anyDay = isUnrestricted(2);
    boolean anyWeekday = isUnrestricted(4);
    boolean dayMatches = isDayOfMonth(day);
    BitSet weekdays = values(4);
    boolean weekdayMatches =
        weekdays.get(day.getDayOfWeek().getValue())
            || (weekdays.get(0) && day.getDayOfWeek().getValue() == 7);
    if (anyDay || anyWeekday) {
      return (anyDay || dayMatches) && (anyWeekday || weekdayMatches);
    }
    return dayMatches || weekdayMatches;
  }

  private boolean isDayOfMonth(LocalDate day) {
    BitSet days = values(2);
    boolean isLast = day.plusDays(1).getDayOfMonth() == 1;
    boolean isPlain = field(2).chars().allMatch(c -> c == ',' || (c >= '0' && c <= '9'));
    return days.get(day.getDayOfMonth())
        || (isPlain && isLast && days.nextSetBit(day.getDayOfMonth()) > 0);
  }

  private boolean isUnrestricted(int index) {
    return field(index).equals("*") || field(index).equals("*/1");
  }

  private String field(int index) {
    return text.split(" ")[index];
  }

  private BitSet values(int index) {
    BitSet values = new BitSet();
    for (String item : field(index).split(",")) {
      String[] range = item.split("/")[0].split("-");
      boolean isAll = range[0].equals("*");
      int from = isAll ? BOUNDS.get(index)[0] : Integer.parseInt(range[0]);
      int to = isAll ? BOUNDS.get(index)[1] : Integer.parseInt(range[range.length - 1]);
      int step = item.contains("/") ? Integer.parseInt(item.split("/")[1]) : 1;
      for (int value = from; value <= to; value += step) {
        values.set(value);
      }
    }
    return values;
  }

  private static String randomField(Random random, int low, int high) {
    return switch (random.nextInt(6)) {
      case 0, 1 -> "*";
      case 2 -> Integer.toString(random.nextInt(low, high + 1));
      case 3 -> randomItem(random, low, high);
      case 4 ->
          IntStream.rangeClosed(0, random.nextInt(1, 4))
              .mapToObj(i -> Integer.toString(random.nextInt(low, high + 1)))
              .collect(Collectors.joining(","));
      default ->
          Stream.generate(() -> randomItem(random, low, high))
              .limit(random.nextInt(2, 4))
              .collect(Collectors.joining(","));
    };
  }

  private static String randomItem(Random random, int low, int high) {
    int from = random.nextInt(low, high + 1);
    int to = random.nextInt(from, high + 1);
    return switch (random.nextInt(4)) {
      case 0 -> Integer.toString(from);
      case 1 -> from + "-" + to;
      case 2 -> from + "-" + to + "/" + random.nextInt(1, 7);
      default -> "*/" + random.nextInt(1, 7);
    };
  }
}
