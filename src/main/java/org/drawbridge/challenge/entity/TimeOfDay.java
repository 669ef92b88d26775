package org.drawbridge.challenge.entity;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.drawbridge.kernel.JsonMember;
import org.jspecify.annotations.Nullable;

/**
 * Hours of the wall clock, over midnight where they begin later than they end, and all day where
 * both are the same.
 *
 * @param from counts
 * @param to does not
 * @param days on which they begin
 */
record TimeOfDay(LocalTime from, LocalTime to, ZoneId zone, Set<DayOfWeek> days) {

  private static final String TIME = "([01][0-9]|2[0-3]):[0-5][0-9]";
  private static final int LONGEST_ZONE = 64;

  boolean contains(Instant instant) {
    ZonedDateTime there = instant.atZone(zone);
    LocalTime time = there.toLocalTime();
    DayOfWeek day = there.getDayOfWeek();
    if (from.isBefore(to)) {
      return days.contains(day) && !time.isBefore(from) && time.isBefore(to);
    }
    return time.isBefore(to)
        ? days.contains(day.minus(1))
        : days.contains(day) && !time.isBefore(from);
  }

  /** Such as {@code {"from": "22:00", "to": "06:00", "timeZone": "Europe/Berlin"}}. */
  static Optional<TimeOfDay> read(JsonMember json) {
    Map<String, JsonMember> members = json.members(Set.of("from", "to", "timeZone", "days"));
    LocalTime from = time(json.member("from"));
    LocalTime to = time(json.member("to"));
    ZoneId zone = zone(json.member("timeZone"));
    Set<DayOfWeek> days = Set.of(DayOfWeek.values());
    if (members.containsKey("days")) {
      days =
          json.member("days").elements(DayOfWeek.values().length).stream()
              .map(day -> Optional.ofNullable(day.constant(DayOfWeek.class)))
              .flatMap(Optional::stream)
              .collect(Collectors.toSet());
    }
    return from == null || to == null || zone == null
        ? Optional.empty()
        : Optional.of(new TimeOfDay(from, to, zone, days));
  }

  private static @Nullable LocalTime time(JsonMember json) {
    String text = json.text(LONGEST_ZONE);
    if (text == null) {
      return null;
    }
    if (!text.matches(TIME)) {
      json.refuse("must be a time such as 22:00");
      return null;
    }
    return LocalTime.parse(text);
  }

  private static @Nullable ZoneId zone(JsonMember json) {
    String text = json.text(LONGEST_ZONE);
    if (text == null) {
      return null;
    }
    if (!ZoneId.getAvailableZoneIds().contains(text)) {
      json.refuse("must be an IANA time zone such as Europe/Berlin");
      return null;
    }
    return ZoneId.of(text);
  }
}
