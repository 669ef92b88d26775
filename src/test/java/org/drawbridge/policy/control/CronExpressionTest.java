package org.drawbridge.policy.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A cron expression")
class CronExpressionTest {

  private static final LocalDate FIRST = LocalDate.of(2027, 7, 1);
  private static final LocalDate LAST = LocalDate.of(2028, 6, 30);

  @ParameterizedTest
  @DisplayName("is made of five fields: numbers, lists, ranges, steps and names")
  @ValueSource(
      strings = {
        "* * * * *",
        "0 9 * * 1-5",
        "*/15 8-18/2 1,15 * *",
        "0,30,45-59/2 0 31 12 7",
        "0 0 * JAN-mar,Dec MON,fri-SUN",
        "00 07 01 01 00",
        "0 0 * * SUN-TUE",
        "0 0 30 2 *"
      })
  void accepted(String text) {
    assertThat(CronExpression.parse(text)).map(CronExpression::text).contains(text);
  }

  @ParameterizedTest
  @DisplayName("is nothing else")
  @ValueSource(
      strings = {
        "",
        " ",
        "@daily",
        "@reboot",
        "* * * *",
        "0 * * * * *",
        "0 9 * * * 2027",
        "0 9 L * *",
        "0 9 LW * *",
        "0 9 15W * *",
        "0 9 ? * *",
        "0 9 * * ?",
        "0 9 * * 5L",
        "0 9 * * MON#2",
        "60 * * * *",
        "* 24 * * *",
        "* * 0 * *",
        "* * 32 * *",
        "* * * 0 *",
        "* * * 13 *",
        "* * * * 8",
        "-1 * * * *",
        "+5 * * * *",
        "1.5 * * * *",
        "*/0 * * * *",
        "*/60 * * * *",
        "5/15 * * * *",
        "/5 * * * *",
        "1-5/2/3 * * * *",
        "1-2-3 * * * *",
        "5-1 * * * *",
        "* 22-4 * * *",
        "*-5 * * * *",
        "5,,6 * * * *",
        ",5 * * * *",
        "5, * * * *",
        "1- * * * *",
        "0|30 * * * *",
        "0 9 * * *||0 10 * * *",
        "0 9 * * *\n",
        "0 9 * *\u00a0* *",
        "999999999999 * * * *",
        "MON * * * *",
        "* * JAN * *",
        "* * * MON *",
        "* * * * JAN",
        "* * * JANUARY *",
        "* * * FOO *",
        "\u0663 * * * *"
      })
  void refused(String text) {
    assertThat(CronExpression.parse(text)).isEmpty();
  }

  @Test
  @DisplayName("has at most 100 characters")
  void length() {
    String longest = "0 0 * * *" + " ".repeat(91);
    assertThat(CronExpression.parse(longest)).isPresent();
    assertThat(CronExpression.parse(longest + " ")).isEmpty();
  }

  @Test
  @DisplayName("tells its text with one blank between two fields")
  void normalised() {
    CronExpression tidy = cron("0 9 * jan MON");
    assertThat(cron("  0\t9 *   jan MON ").text()).isEqualTo("0 9 * jan MON");
    assertThat(cron("  0\t9 *   jan MON ")).isEqualTo(tidy).hasSameHashCodeAs(tidy);
    assertThat(tidy).isNotEqualTo(cron("0 9 * feb MON"));
  }

  @Test
  @DisplayName("is read or refused, whatever the text, and never fails")
  void neverFails() {
    Random random = new Random(5);
    String alphabet = "0123456789**//--,,      JANMOSULW#?@|\t";
    for (int i = 0; i < 50_000; i++) {
      String text =
          IntStream.range(0, random.nextInt(24))
              .mapToObj(c -> alphabet.charAt(random.nextInt(alphabet.length())))
              .map(String::valueOf)
              .collect(Collectors.joining());
      CronExpression.parse(text).ifPresent(cron -> cron.atOrAfter(FIRST.atStartOfDay()));
    }
  }

  @Test
  @DisplayName("matches what a search minute by minute finds, forwards and backwards")
  void oracle() {
    Random random = new Random(20270701);
    for (int i = 0; i < 200; i++) {
      NaiveCron naive = NaiveCron.random(random);
      CronExpression cron = cron(naive.text());
      List<LocalDateTime> expected = naive.timesOf(FIRST, LAST);
      int from = expected.size() > 24 ? random.nextInt(expected.size() - 24) : 0;
      List<LocalDateTime> some = expected.subList(from, Math.min(from + 24, expected.size()));
      LocalDateTime before = from == 0 ? FIRST.atStartOfDay() : expected.get(from - 1).plusNanos(1);
      for (LocalDateTime time : some) {
        assertThat(cron.atOrAfter(before)).as("%s from %s", cron, before).contains(time);
        assertThat(cron.atOrAfter(time)).as("%s from %s", cron, time).contains(time);
        before = time.plusNanos(1);
      }
      for (int j = some.size() - 1; j > 0; j--) {
        LocalDateTime time = some.get(j);
        LocalDateTime last = time.minusNanos(1);
        assertThat(cron.atOrBefore(time)).as("%s until %s", cron, time).contains(time);
        assertThat(cron.atOrBefore(last)).as("%s until %s", cron, last).contains(some.get(j - 1));
      }
    }
  }

  @ParameterizedTest
  @DisplayName("matches a day that either day field matches, if both are restricted")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 0 13 * FRI   | 2027-08-06, 2027-08-13, 2027-08-20, 2027-08-27, 2027-09-03
          0 0 * * FRI    | 2027-08-06, 2027-08-13, 2027-08-20, 2027-08-27, 2027-09-03
          0 0 13 * *     | 2027-08-13, 2027-09-13, 2027-10-13
          0 0 1-2 * 5    | 2027-08-01, 2027-08-02, 2027-08-06
          0 0 1 * 0      | 2027-08-01, 2027-08-08
          0 0 2 * 7      | 2027-08-01, 2027-08-02, 2027-08-08
          0 0 * * SUN-TUE| 2027-08-01, 2027-08-02, 2027-08-03, 2027-08-08
          0 0 * * SUN-SUN| 2027-08-01, 2027-08-08
          0 0 * * SAT-SUN| 2027-08-01, 2027-08-07, 2027-08-08
          """)
  void days(String text, String days) {
    assertDays(text, days, Instant.parse("2027-08-01T00:00:00Z"));
  }

  @ParameterizedTest
  @DisplayName("gives the 29th to 31st to shorter months where days are numbers, and else not")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 0 31 * *      | 2027-01-31, 2027-02-28, 2027-03-31, 2027-04-30, 2027-05-31
          0 0 30,31 * *   | 2027-01-30, 2027-01-31, 2027-02-28, 2027-03-30, 2027-03-31, 2027-04-30
          0 0 15,31 2,4 * | 2027-02-15, 2027-02-28, 2027-04-15, 2027-04-30, 2028-02-15, 2028-02-29
          0 0 29 2 *      | 2027-02-28, 2028-02-29, 2029-02-28
          0 0 30 2 *      | 2027-02-28, 2028-02-29, 2029-02-28
          0 0 30 2 MON    | 2027-02-01, 2027-02-08, 2027-02-15, 2027-02-22, 2027-02-28, 2028-02-07
          0 0 31-31 * *   | 2027-01-31, 2027-03-31, 2027-05-31
          0 0 28-31/3 2 * | 2027-02-28, 2028-02-28
          0 0 1,29-31 2 * | 2027-02-01, 2028-02-01, 2028-02-29, 2029-02-01
          """)
  void shortMonths(String text, String days) {
    assertDays(text, days, Instant.parse("2027-01-01T00:00:00Z"));
  }

  private static void assertDays(String text, String days, Instant start) {
    List<String> expected = List.of(days.split(", "));
    assertThat(Schedule.of(cron(text), start, ZoneOffset.UTC).from(start, expected.size()))
        .extracting(occurrence -> occurrence.local().toLocalDate().toString())
        .isEqualTo(expected);
  }

  @Test
  @DisplayName("says which times are there only because a month is short")
  void shortened() {
    CronExpression cron = cron("0 9 28,31 * *");
    assertThat(cron.isOfShortMonth(LocalDateTime.parse("2027-02-28T09:00"))).isFalse();
    assertThat(cron.isOfShortMonth(LocalDateTime.parse("2028-02-29T09:00"))).isTrue();
    assertThat(cron.isOfShortMonth(LocalDateTime.parse("2027-04-30T09:00"))).isTrue();
    assertThat(cron.isOfShortMonth(LocalDateTime.parse("2027-05-31T09:00"))).isFalse();
  }

  @Test
  @DisplayName("that never comes is found to have no times, at once and in both directions")
  void never() {
    for (String text : List.of("0 0 30-31 2 *", "0 0 31-31 4,6 *", "0 0 30,31-31 2 *")) {
      CronExpression cron = cron(text);
      long before = System.nanoTime();
      for (int day = 0; day < 200; day++) {
        assertThat(cron.atOrAfter(FIRST.plusDays(day).atStartOfDay())).isEmpty();
        assertThat(cron.atOrBefore(FIRST.plusDays(day).atStartOfDay())).isEmpty();
      }
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
    }
  }

  private static CronExpression cron(String text) {
    return CronExpression.parse(text).orElseThrow(() -> new AssertionError(text));
  }
}
