package org.drawbridge.policy.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.drawbridge.policy.entity.Frequency;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A schedule")
class ScheduleTest {

  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final List<String> ZONES =
      List.of(
          "America/New_York",
          "Australia/Lord_Howe",
          "Africa/Casablanca",
          "America/Santiago",
          "Asia/Kathmandu");

  /** 09:00 in New York; a Friday. */
  private static final Instant ANCHOR = Instant.parse("2027-01-29T14:00:00Z");

  @Nested
  @DisplayName("of a frequency")
  class OfFrequency {

    @ParameterizedTest
    @DisplayName("comes at the anchor's time of day in the zone, first at the anchor")
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            ONCE      | 2027-01-29
            DAILY     | 2027-01-29, 2027-01-30, 2027-01-31, 2027-02-01
            WEEKDAYS  | 2027-01-29, 2027-02-01, 2027-02-02, 2027-02-03, 2027-02-04, 2027-02-05, 2027-02-08
            WEEKLY    | 2027-01-29, 2027-02-05, 2027-02-12, 2027-02-19, 2027-02-26, 2027-03-05
            BI_WEEKLY | 2027-01-29, 2027-02-12, 2027-02-26, 2027-03-12, 2027-03-26
            MONTHLY   | 2027-01-29, 2027-02-28, 2027-03-29, 2027-04-29
            QUARTERLY | 2027-01-29, 2027-04-29, 2027-07-29, 2027-10-29, 2028-01-29
            ANNUALLY  | 2027-01-29, 2028-01-29, 2029-01-29
            """)
    void days(Frequency frequency, String days) {
      List<String> expected = List.of(days.split(", "));
      Schedule schedule = Schedule.of(frequency, ANCHOR, NEW_YORK);
      assertThat(schedule.from(Instant.EPOCH, expected.size()))
          .extracting(occurrence -> occurrence.at().atZone(NEW_YORK).toLocalDateTime().toString())
          .isEqualTo(expected.stream().map(day -> day + "T09:00").toList());
    }

    @ParameterizedTest
    @DisplayName("comes on a shorter month's last day, and never drifts")
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            MONTHLY   | 2027-01-31 | 2027-02-28!, 2027-03-31, 2027-04-30!, 2027-05-31, 2027-06-30!
            MONTHLY   | 2028-01-30 | 2028-02-29!, 2028-03-30, 2028-04-30, 2028-05-30
            MONTHLY   | 2028-02-29 | 2028-03-29, 2028-04-29
            QUARTERLY | 2026-11-30 | 2027-02-28!, 2027-05-30, 2027-08-30, 2027-11-30, 2028-02-29!
            QUARTERLY | 2027-08-31 | 2027-11-30!, 2028-02-29!, 2028-05-31
            ANNUALLY  | 2028-02-29 | 2029-02-28!, 2030-02-28!, 2031-02-28!, 2032-02-29
            """)
    void monthEnds(Frequency frequency, LocalDate anchor, String days) {
      List<String> expected = List.of(days.split(", "));
      Instant start = anchor.atTime(9, 0).toInstant(ZoneOffset.UTC);
      assertThat(
              Schedule.of(frequency, start, ZoneOffset.UTC)
                  .from(start.plusNanos(1), expected.size()))
          .extracting(
              found ->
                  found.local().toLocalDate() + (found.shift() == Shift.SHORT_MONTH ? "!" : ""))
          .isEqualTo(expected);
    }

    @ParameterizedTest
    @DisplayName("of weekdays comes first on the first weekday from the anchor")
    @CsvSource({"2027-01-29,2027-01-29", "2027-01-30,2027-02-01", "2027-01-31,2027-02-01"})
    void weekendAnchor(LocalDate anchor, LocalDate first) {
      Instant start = anchor.atTime(9, 0).toInstant(ZoneOffset.UTC);
      Schedule schedule = Schedule.of(Frequency.WEEKDAYS, start, ZoneOffset.UTC);
      Instant expected = first.atTime(9, 0).toInstant(ZoneOffset.UTC);
      assertThat(schedule.next(Instant.EPOCH)).map(Occurrence::at).contains(expected);
      assertThat(schedule.latest(Instant.EPOCH, expected.minusNanos(1))).isEmpty();
      assertThat(
              new Recurrence(Frequency.WEEKDAYS, anchor.atTime(9, 0))
                  .atOrBefore(first.atTime(8, 59)))
          .isEmpty();
      Instant sunday = Instant.parse("2027-02-07T23:00:00Z");
      assertThat(schedule.latest(Instant.EPOCH, sunday))
          .map(found -> found.local().getDayOfWeek())
          .contains(DayOfWeek.FRIDAY);
    }

    @Test
    @DisplayName("that comes once is over after that")
    void once() {
      Schedule schedule = Schedule.of(Frequency.ONCE, ANCHOR, NEW_YORK);
      assertThat(schedule.next(ANCHOR.minusNanos(1))).map(Occurrence::at).contains(ANCHOR);
      assertThat(schedule.next(ANCHOR)).isEmpty();
      assertThat(schedule.latest(ANCHOR.minusNanos(1), ANCHOR.plusSeconds(9_999_999))).isPresent();
      assertThat(schedule.latest(ANCHOR, ANCHOR.plusSeconds(9_999_999))).isEmpty();
    }

    @Test
    @DisplayName("keeps the anchor's seconds, which no cron can say")
    void seconds() {
      Instant anchor = ANCHOR.plusSeconds(7).plusNanos(8);
      Schedule schedule = Schedule.of(Frequency.DAILY, anchor, NEW_YORK);
      assertThat(schedule.cron()).isEmpty();
      assertThat(schedule.next(anchor)).map(Occurrence::at).contains(anchor.plusSeconds(86_400));
      assertThat(Schedule.of(Frequency.DAILY, ANCHOR.plusNanos(1), NEW_YORK).cron()).isEmpty();
      assertThat(Schedule.of(Frequency.DAILY, ANCHOR.plusSeconds(1), NEW_YORK).cron()).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("is said by a cron where one can say it")
    @CsvSource({
      "ONCE,",
      "DAILY,0 9 * * *",
      "WEEKDAYS,0 9 * * 1-5",
      "WEEKLY,0 9 * * 5",
      "BI_WEEKLY,",
      "MONTHLY,0 9 29 * *",
      "QUARTERLY,'0 9 29 1,4,7,10 *'",
      "ANNUALLY,0 9 29 1 *"
    })
    void cronOf(Frequency frequency, String cron) {
      assertThat(Schedule.of(frequency, ANCHOR, NEW_YORK).cron())
          .isEqualTo(Optional.ofNullable(cron));
      Instant sunday = ANCHOR.plus(Duration.ofDays(2));
      assertThat(Schedule.of(Frequency.WEEKLY, sunday, NEW_YORK).cron()).contains("0 9 * * 0");
    }

    @ParameterizedTest
    @DisplayName("is the same as the cron that says it, for ten years, in every zone")
    @EnumSource(
        names = {"ONCE", "BI_WEEKLY"},
        mode = EnumSource.Mode.EXCLUDE)
    void sameAsItsCron(Frequency frequency) {
      Random random = new Random(frequency.ordinal());
      for (String zone : ZONES) {
        assertSameAsItsCron(frequency, randomMinute(random), ZoneId.of(zone));
      }
      for (String anchor :
          List.of("2028-02-29T08:00:00Z", "2027-08-31T08:00:00Z", "2027-12-30T06:30:00Z")) {
        assertSameAsItsCron(frequency, Instant.parse(anchor), NEW_YORK);
      }
      for (String oneThirty : List.of("2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z")) {
        assertSameAsItsCron(frequency, Instant.parse(oneThirty), NEW_YORK);
      }
    }

    private void assertSameAsItsCron(Frequency frequency, Instant anchor, ZoneId zone) {
      Schedule schedule = Schedule.of(frequency, anchor, zone);
      Schedule cron = cron(schedule.cron().orElseThrow(), anchor, zone);
      int tenYears =
          switch (frequency) {
            case DAILY -> 3653;
            case WEEKDAYS -> 2610;
            case WEEKLY -> 522;
            case MONTHLY -> 120;
            default -> 40;
          };
      assertThat(cron.from(Instant.EPOCH, tenYears))
          .as("%s of %s in %s", frequency, anchor, zone)
          .hasSize(tenYears)
          .isEqualTo(schedule.from(Instant.EPOCH, tenYears));
    }
  }

  @Nested
  @DisplayName("in a zone that changes its clock")
  class ClockChanges {

    @ParameterizedTest
    @DisplayName("comes at the end of the gap that its time is in")
    @CsvSource({
      "America/New_York,    2027-03-13T02:30, 2027-03-14T07:00:00Z, 2027-03-14T03:00",
      "Australia/Lord_Howe, 2026-10-03T02:10, 2026-10-03T15:30:00Z, 2026-10-04T02:30",
      "Africa/Casablanca,   2026-03-21T02:30, 2026-03-22T02:00:00Z, 2026-03-22T03:00",
      "America/Santiago,    2026-09-05T00:00, 2026-09-06T04:00:00Z, 2026-09-06T01:00",
      "Asia/Beirut,         2027-03-27T00:45, 2027-03-27T22:00:00Z, 2027-03-28T01:00",
      "Pacific/Apia,        2011-12-29T09:00, 2011-12-30T10:00:00Z, 2011-12-31T00:00"
    })
    void gap(ZoneId zone, LocalDateTime dayBefore, Instant end, LocalDateTime shown) {
      Instant anchor = dayBefore.atZone(zone).toInstant();
      Schedule schedule = Schedule.of(Frequency.DAILY, anchor, zone);
      Occurrence expected = new Occurrence(end, dayBefore.plusDays(1), Shift.DST_GAP);
      assertThat(schedule.next(anchor)).contains(expected);
      assertThat(schedule.from(end, 1)).containsExactly(expected);
      assertThat(schedule.latest(anchor, end)).contains(expected);
      assertThat(schedule.latest(anchor, end.minusNanos(1))).isEmpty();
      assertThat(end.atZone(zone).toLocalDateTime()).isEqualTo(shown);
      Occurrence dayAfter = schedule.next(end).orElseThrow();
      assertThat(dayAfter.at().atZone(zone).toLocalDateTime()).isEqualTo(dayBefore.plusDays(2));
      assertThat(dayAfter.shift()).isNull();
    }

    @ParameterizedTest
    @DisplayName("comes once where its time is shown twice, the first time")
    @CsvSource({
      "America/New_York,    2026-10-31T01:30, 2026-11-01T05:30:00Z, 60",
      "Australia/Lord_Howe, 2027-04-03T01:40, 2027-04-03T14:40:00Z, 30",
      "Africa/Casablanca,   2027-02-06T02:30, 2027-02-07T01:30:00Z, 60",
      "America/Santiago,    2027-04-02T23:30, 2027-04-04T02:30:00Z, 60",
      "Asia/Beirut,         2026-10-23T23:15, 2026-10-24T20:15:00Z, 60"
    })
    void overlap(ZoneId zone, LocalDateTime dayBefore, Instant first, int minutes) {
      Instant anchor = dayBefore.atZone(zone).toInstant();
      Schedule schedule = Schedule.of(Frequency.DAILY, anchor, zone);
      Instant second = first.plusSeconds(minutes * 60L);
      assertThat(first.atZone(zone).toLocalDateTime())
          .isEqualTo(second.atZone(zone).toLocalDateTime());
      Occurrence once = schedule.latest(anchor, first).orElseThrow();
      assertThat(once.at()).isEqualTo(first);
      assertThat(once.shift()).isNull();
      assertThat(schedule.latest(anchor, second.plusSeconds(900))).contains(once);
      assertThat(schedule.next(first.minusNanos(1))).contains(once);
      Instant dayAfter = once.local().plusDays(1).atZone(zone).toInstant();
      assertThat(schedule.next(first)).map(Occurrence::at).contains(dayAfter);
      assertThat(schedule.next(second.minusSeconds(60))).map(Occurrence::at).contains(dayAfter);
      assertThat(schedule.next(second)).map(Occurrence::at).contains(dayAfter);
    }

    @Test
    @DisplayName("comes at its anchor, though the clock shows that time for the second time")
    void anchorInTheSecondHour() {
      Instant second = Instant.parse("2026-11-01T06:30:00Z");
      for (Frequency frequency : Frequency.values()) {
        Schedule schedule = Schedule.of(frequency, second, NEW_YORK);
        assertThat(schedule.from(Instant.EPOCH, 1))
            .extracting(Occurrence::at)
            .containsExactly(
                frequency == Frequency.WEEKDAYS ? Instant.parse("2026-11-02T06:30:00Z") : second);
      }
      Schedule minutely = cron("* * * * *", second, NEW_YORK);
      assertThat(minutely.from(Instant.EPOCH, 3))
          .extracting(Occurrence::at)
          .containsExactly(second, second.plusSeconds(60), second.plusSeconds(120));
      assertThat(minutely.latest(Instant.EPOCH, second.plusSeconds(59)))
          .map(Occurrence::at)
          .contains(second);
    }

    @Test
    @DisplayName("comes once for all of its times that a gap swallows")
    void swallowed() {
      Instant end = Instant.parse("2027-03-14T07:00:00Z");
      Schedule schedule = cron("*/10 2 * * *", null, NEW_YORK);
      assertThat(schedule.from(end.minusSeconds(3600), 2))
          .extracting(Occurrence::at)
          .containsExactly(end, Instant.parse("2027-03-15T06:00:00Z"));
      assertThat(schedule.latest(end.minusSeconds(1), end.plusSeconds(3600)))
          .contains(new Occurrence(end, LocalDateTime.parse("2027-03-14T02:00"), Shift.DST_GAP));
    }

    @Test
    @DisplayName("is not shifted to the end of a gap if it comes there anyway")
    void anyway() {
      Instant end = Instant.parse("2027-03-14T07:00:00Z");
      Occurrence three = new Occurrence(end, LocalDateTime.parse("2027-03-14T03:00"), null);
      Schedule hourly = cron("0 * * * *", null, NEW_YORK);
      assertThat(hourly.next(end.minusSeconds(3600))).contains(three);
      assertThat(hourly.latest(end.minusSeconds(3600), end)).contains(three);
    }

    @Test
    @DisplayName("of every hour comes once in two hours that are one on the wall")
    void hourly() {
      assertThat(cron("0 * * * *", null, NEW_YORK).from(Instant.parse("2026-11-01T04:00:00Z"), 4))
          .extracting(found -> found.at().toString().substring(11, 13))
          .containsExactly("04", "05", "07", "08");
    }

    @Test
    @DisplayName("names the gap where a short month's last day has one too")
    void bothShifts() {
      // Egypt puts its clock forward at midnight on the last Friday of April, in 2027 the 30th.
      ZoneId cairo = ZoneId.of("Africa/Cairo");
      assertThat(
              cron("30 0 31 * *", Instant.parse("2027-04-25T00:00:00Z"), cairo)
                  .from(Instant.EPOCH, 1))
          .containsExactly(
              new Occurrence(
                  Instant.parse("2027-04-29T22:00:00Z"),
                  LocalDateTime.parse("2027-04-30T00:30"),
                  Shift.DST_GAP));
    }

    @ParameterizedTest
    @DisplayName("finds what a search minute by minute finds around every change, both ways")
    @ValueSource(
        strings = {
          "* * * * *",
          "*/7 * * * *",
          "0 * * * *",
          "*/10 2 * * *",
          "59 1 * * *",
          "15,45 0-3 * * *",
          "30 23 * * *"
        })
    void oracle(String text) {
      for (String name : ZONES) {
        ZoneId zone = ZoneId.of(name);
        Instant changed = Instant.parse("2026-07-01T00:00:00Z");
        for (int i = 0; i < 2; i++) {
          ZoneOffsetTransition change = zone.getRules().nextTransition(changed);
          changed = change == null ? changed : change.getInstant();
          assertAsNaive(text, zone, changed);
        }
      }
    }

    private void assertAsNaive(String text, ZoneId zone, Instant changed) {
      LocalDate day = changed.atZone(zone).toLocalDate();
      TreeSet<Instant> expected = new TreeSet<>();
      for (LocalDateTime time : new NaiveCron(text).timesOf(day.minusDays(3), day.plusDays(3))) {
        ZoneOffsetTransition change = zone.getRules().getTransition(time);
        boolean isSkipped = change != null && change.isGap();
        expected.add(
            isSkipped
                ? change.getInstant()
                : ZonedDateTime.ofLocal(time, zone, null).withEarlierOffsetAtOverlap().toInstant());
      }
      Schedule schedule = cron(text, null, zone);
      Instant end = changed.plusSeconds(3 * 3600);
      for (Instant now = changed.minusSeconds(3 * 3600); now.isBefore(end); ) {
        Instant longAgo = changed.minus(Duration.ofDays(2));
        assertThat(schedule.next(now).map(Occurrence::at))
            .as("%s in %s after %s", text, zone, now)
            .hasValue(expected.higher(now));
        assertThat(schedule.latest(longAgo, now).map(Occurrence::at))
            .as("%s in %s until %s", text, zone, now)
            .hasValue(expected.floor(now));
        now = now.plusSeconds(300);
      }
    }
  }

  @Nested
  @DisplayName("asked for one occurrence")
  class Asked {

    @Test
    @DisplayName("answers the next strictly after, never the one at that instant")
    void strict() {
      Schedule schedule = cron("0 9 * * *", null, ZoneOffset.UTC);
      Instant nine = Instant.parse("2027-01-29T09:00:00Z");
      assertThat(schedule.next(nine.minusNanos(1))).map(Occurrence::at).contains(nine);
      assertThat(schedule.next(nine)).map(Occurrence::at).contains(nine.plusSeconds(86_400));
      assertThat(schedule.from(nine, 1)).extracting(Occurrence::at).containsExactly(nine);
      assertThat(schedule.from(nine, 0)).isEmpty();
    }

    @Test
    @DisplayName("answers the latest after the one instant, and at or before the other")
    void latest() {
      Schedule schedule = cron("0 9 * * *", null, ZoneOffset.UTC);
      Instant nine = Instant.parse("2027-01-29T09:00:00Z");
      Instant eightDaysBefore = nine.minusSeconds(8 * 86_400);
      assertThat(schedule.latest(eightDaysBefore, nine)).map(Occurrence::at).contains(nine);
      assertThat(schedule.latest(eightDaysBefore, nine.minusNanos(1)))
          .map(Occurrence::at)
          .contains(nine.minusSeconds(86_400));
      assertThat(schedule.latest(nine, nine.plusSeconds(86_399))).isEmpty();
      assertThat(schedule.latest(nine.minusNanos(1), nine)).map(Occurrence::at).contains(nine);
      assertThat(schedule.latest(nine, nine)).isEmpty();
      assertThat(schedule.latest(nine.plusSeconds(99_999), nine)).isEmpty();
    }

    @Test
    @DisplayName("answers none from before a cron's first instant, and one at it")
    void notBefore() {
      Instant nine = Instant.parse("2027-01-29T09:00:00Z");
      Schedule at = cron("0 9 * * *", nine, ZoneOffset.UTC);
      Schedule past = cron("0 9 * * *", nine.plusNanos(1), ZoneOffset.UTC);
      assertThat(at.next(Instant.EPOCH)).map(Occurrence::at).contains(nine);
      assertThat(at.latest(Instant.EPOCH, nine)).map(Occurrence::at).contains(nine);
      assertThat(past.next(Instant.EPOCH)).map(Occurrence::at).contains(nine.plusSeconds(86_400));
      assertThat(past.latest(Instant.EPOCH, nine.plusSeconds(86_399))).isEmpty();
    }

    @Test
    @DisplayName("answers at once, however far away that is")
    void fast() {
      Instant farAway = Instant.parse("9990-06-01T00:00:00Z");
      Schedule minutely = cron("* * * * *", null, NEW_YORK);
      long before = System.nanoTime();
      for (Frequency frequency : Frequency.values()) {
        Schedule schedule = Schedule.of(frequency, ANCHOR, NEW_YORK);
        assertThat(schedule.next(farAway).isPresent()).isEqualTo(frequency != Frequency.ONCE);
        assertThat(schedule.latest(ANCHOR.minusNanos(1), farAway)).isPresent();
      }
      assertThat(minutely.next(farAway)).map(Occurrence::at).contains(farAway.plusSeconds(60));
      assertThat(minutely.latest(Instant.EPOCH, farAway)).map(Occurrence::at).contains(farAway);
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    @DisplayName("answers none outside the years 1970 to 9999, and never fails")
    void bounds() {
      List<Instant> extremes =
          List.of(
              Instant.MIN,
              Instant.parse("1969-12-31T23:59:59Z"),
              Instant.EPOCH,
              Instant.parse("9999-12-31T23:59:59Z"),
              Instant.parse("+10000-01-01T00:00:00Z"),
              Instant.MAX);
      Schedule minutely = cron("* * * * *", null, ZoneOffset.UTC);
      assertThat(minutely.next(Instant.MIN)).map(Occurrence::at).contains(Instant.EPOCH);
      assertThat(minutely.next(extremes.get(3))).isEmpty();
      assertThat(minutely.latest(Instant.MIN, extremes.get(1))).isEmpty();
      assertThat(minutely.latest(Instant.MIN, Instant.MAX))
          .map(Occurrence::at)
          .contains(Instant.parse("9999-12-31T23:59:00Z"));
      assertThat(Schedule.of(Frequency.DAILY, Instant.MIN, NEW_YORK).next(ANCHOR)).isEmpty();
      for (Instant start : extremes) {
        for (Instant one : extremes) {
          for (String zone : List.of("Pacific/Kiritimati", "Etc/GMT+12", "America/New_York")) {
            Schedule cron = cron("30 1 1 11 SUN", start, ZoneId.of(zone));
            extremes.forEach(other -> assertWithin(one, cron.latest(other, one)));
            assertWithin(one, cron.next(one));
            for (Frequency frequency : Frequency.values()) {
              Schedule schedule = Schedule.of(frequency, start, ZoneId.of(zone));
              extremes.forEach(other -> assertWithin(one, schedule.latest(other, one)));
              assertWithin(one, schedule.next(one));
            }
          }
        }
      }
    }

    private void assertWithin(Instant asked, Optional<Occurrence> found) {
      assertThat(found.map(Occurrence::at))
          .as("asked with %s", asked)
          .matches(at -> at.isEmpty() || !at.get().isBefore(Instant.EPOCH))
          .matches(at -> at.isEmpty() || at.get().atZone(ZoneOffset.UTC).getYear() < 10_000);
    }

    @Test
    @DisplayName("answers the first of two days that fall on the same in February, once")
    void sameDay() {
      Schedule schedule = cron("0 9 30,31 * *", null, ZoneOffset.UTC);
      assertThat(schedule.from(Instant.parse("2027-02-01T00:00:00Z"), 2))
          .extracting(Occurrence::shift)
          .containsExactly(Shift.SHORT_MONTH, null);
    }
  }

  @Test
  @DisplayName("A shift says in a sentence why")
  void reasons() {
    assertThat(Shift.values()).allSatisfy(s -> assertThat(s.reason()).matches("[A-Z].+\\."));
  }

  private static Schedule cron(String text, @Nullable Instant notBefore, ZoneId zone) {
    return Schedule.of(CronExpression.parse(text).orElseThrow(), notBefore, zone);
  }

  private static Instant randomMinute(Random random) {
    return Instant.parse("2026-01-01T00:00:00Z").plusSeconds(60L * random.nextInt(2_000_000));
  }
}
