package org.drawbridge.policy.control;

import com.cronutils.model.Cron;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.field.CronFieldName;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.model.time.generator.FieldValueGeneratorFactory;
import com.cronutils.parser.CronParser;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A cron expression of five fields: minute, hour, day of month, month, day of week.
 *
 * <p>A field is {@code *}, a number, a range, a step over {@code *} or over a range, or a list of
 * these. Months may be {@code JAN} to {@code DEC}, days of the week {@code MON} to {@code SUN}, in
 * any case; Sunday is 0 and 7. As POSIX has it, a day matches where either day field does, if both
 * are restricted; only {@code *} and <code>*&#47;1</code> are not.
 *
 * <p>Unlike any other cron, a day of month that is a number, or a list of nothing but numbers, also
 * means the last day of each month that is too short for one of them: {@code 0 9 31 * *} comes
 * every month, {@code 0 9 29 2 *} every year. {@code 0 9 29-31 * *} does not.
 *
 * <p>Accepted: {@code 0 9 * * 1-5}, {@code *}{@code /15 8-18 1,15 * *}, {@code 30 2 * JAN,jul SUN}.
 * Refused: {@code @daily}, {@code 0 0 9 * * *}, {@code 0 9 L * *}, {@code 0 9 15W * *}, {@code 0 9
 * ? * MON#2}, {@code 5/15 * * * *} (crons disagree about its meaning), {@code 60 * * * *}, {@code 0
 * 22-4 * * *}, and a step that is larger than the field's highest value.
 */
public final class CronExpression implements WallClockTimes {

  private static final int LONGEST = 100;

  /**
   * The library takes more than five fields of cron: unions, Quartz's letters, digits of any
   * script.
   */
  private static final Pattern FIELDS = fields();

  private static final Pattern RANGE_FROM_SUNDAY = Pattern.compile("SUN-(?!SUN)");
  private static final Pattern PLAIN_NUMBERS = Pattern.compile("[0-9]+(,[0-9]+)*");

  private static final CronParser PARSER = new CronParser(definition());

  /** Any day: an expression that comes at all comes within the next hundred years. */
  private static final ZonedDateTime SOME_DAY =
      ZonedDateTime.of(2000, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

  private final String text;

  /** Null where it never comes. */
  private final @Nullable ExecutionTime asWritten;

  /** What the rule for short months adds; null where it adds nothing. */
  private final @Nullable ExecutionTime lastDaysOfShortMonths;

  private CronExpression(
      String text,
      @Nullable ExecutionTime asWritten,
      @Nullable ExecutionTime lastDaysOfShortMonths) {
    this.text = text;
    this.asWritten = asWritten;
    this.lastDaysOfShortMonths = lastDaysOfShortMonths;
  }

  /**
   * Reads an expression.
   *
   * @return empty for whatever is no expression as described above, and for more than 100
   *     characters
   */
  public static Optional<CronExpression> parse(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    String normalised = text.replaceAll("[ \t]+", " ").replaceAll("^ | $", "");
    String upper = normalised.toUpperCase(Locale.ROOT);
    if (!FIELDS.matcher(upper).matches()) {
      return Optional.empty();
    }
    try {
      Cron cron = PARSER.parse(RANGE_FROM_SUNDAY.matcher(upper).replaceAll("0-"));
      ExecutionTime asWritten = ExecutionTime.forCron(cron);
      // Looking back for what never was, the library would go through tens of thousands of years.
      boolean comes = asWritten.nextExecution(SOME_DAY).isPresent();
      return Optional.of(
          new CronExpression(
              normalised, comes ? asWritten : null, lastDaysOfShortMonths(cron, upper)));
    } catch (IllegalArgumentException outOfRange) {
      return Optional.empty();
    }
  }

  /** The expression as it was given, but for blanks: one between two fields, none around them. */
  public String text() {
    return text;
  }

  @Override
  public Optional<String> cron() {
    return Optional.of(text);
  }

  @Override
  public Optional<LocalDateTime> atOrAfter(LocalDateTime time) {
    LocalDateTime minute = time.truncatedTo(ChronoUnit.MINUTES);
    ZonedDateTime before =
        (minute.equals(time) ? minute : minute.plusMinutes(1))
            .minusSeconds(1)
            .atZone(ZoneOffset.UTC);
    return found(times -> times.nextExecution(before)).min(Comparator.naturalOrder());
  }

  @Override
  public Optional<LocalDateTime> atOrBefore(LocalDateTime time) {
    ZonedDateTime after =
        time.truncatedTo(ChronoUnit.MINUTES).plusSeconds(1).atZone(ZoneOffset.UTC);
    return found(times -> times.lastExecution(after)).max(Comparator.naturalOrder());
  }

  @Override
  public boolean isOfShortMonth(LocalDateTime time) {
    return lastDaysOfShortMonths != null
        && (asWritten == null
            || !asWritten
                .nextExecution(time.minusSeconds(1).atZone(ZoneOffset.UTC))
                .map(ZonedDateTime::toLocalDateTime)
                .filter(time::equals)
                .isPresent());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CronExpression that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }

  /** In UTC, where wall-clock times are all there, and once. */
  private Stream<LocalDateTime> found(Function<ExecutionTime, Optional<ZonedDateTime>> search) {
    return Stream.of(Optional.ofNullable(asWritten), Optional.ofNullable(lastDaysOfShortMonths))
        .flatMap(Optional::stream)
        .map(search)
        .flatMap(Optional::stream)
        .map(ZonedDateTime::toLocalDateTime);
  }

  private static @Nullable ExecutionTime lastDaysOfShortMonths(Cron cron, String text) {
    List<String> fields = List.of(text.split(" "));
    String days = fields.get(2);
    if (!PLAIN_NUMBERS.matcher(days).matches()) {
      return null;
    }
    int highest = Arrays.stream(days.split(",")).mapToInt(Integer::parseInt).max().orElseThrow();
    String shortMonths =
        FieldValueGeneratorFactory.forCronField(cron.retrieveFieldsAsMap().get(CronFieldName.MONTH))
            .generateCandidates(1, 12)
            .stream()
            .filter(month -> Month.of(month).minLength() < highest)
            .map(String::valueOf)
            .collect(Collectors.joining(","));
    if (shortMonths.isEmpty()) {
      return null;
    }
    return ExecutionTime.forCron(
        PARSER.parse(fields.get(0) + " " + fields.get(1) + " L " + shortMonths + " *"));
  }

  private static Pattern fields() {
    String value = "(?:[0-9]{1,2}|[A-Z]{3})";
    String item = "(?:" + value + "|(?:\\*|" + value + "-" + value + ")(?:/[0-9]{1,2})?" + ")";
    String field = item + "(?:," + item + ")*";
    return Pattern.compile(field + "(?: " + field + "){4}");
  }

  /** The library's Unix cron, with the {@code L} that the rule for short months needs. */
  private static CronDefinition definition() {
    return CronDefinitionBuilder.defineCron()
        .withMinutes()
        .withValidRange(0, 59)
        .withStrictRange()
        .and()
        .withHours()
        .withValidRange(0, 23)
        .withStrictRange()
        .and()
        .withDayOfMonth()
        .withValidRange(1, 31)
        .supportsL()
        .withStrictRange()
        .and()
        .withMonth()
        .withValidRange(1, 12)
        .withStrictRange()
        .and()
        .withDayOfWeek()
        .withValidRange(0, 7)
        .withMondayDoWValue(1)
        .withIntMapping(7, 0)
        .withStrictRange()
        .and()
        .instance();
  }
}
