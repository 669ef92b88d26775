package org.drawbridge.challenge.boundary;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.drawbridge.challenge.entity.AttemptState;
import org.drawbridge.challenge.entity.VerificationMethod;
import org.drawbridge.problem.Malformed;
import org.drawbridge.problem.MemberError;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of queries; each refusal names the one that is wrong. */
final class Queries {

  /** No database takes all that Java calls a time. */
  private static final int MAX_YEAR = 9999;

  /** The other verification methods that the clients know. */
  private static final Set<String> OF_NOBODY =
      Set.of(
          "DEVICE",
          "EMAIL_MAGIC_LINK",
          "IDVERSE",
          "IPROOV",
          "PALM_BIOMETRICS_RR",
          "PUSH",
          "SECURITY_KEY",
          "VERIFF",
          "WHATSAPP");

  private Queries() {}

  /** From 1 to the most there can be, which is answered where none is given, or more. */
  static int number(String name, @Nullable String given, int most) {
    if (given == null) {
      return most;
    }
    try {
      int number = Integer.parseInt(given);
      if (number >= 1) {
        return Math.min(number, most);
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw wrong(name, "must be a number from 1 on");
  }

  /** A time, or the beginning of a day in UTC. */
  static @Nullable Instant time(String name, @Nullable String given) {
    if (given == null) {
      return null;
    }
    try {
      OffsetDateTime time =
          given.indexOf('T') >= 0
              ? OffsetDateTime.parse(given)
              : LocalDate.parse(given).atStartOfDay().atOffset(ZoneOffset.UTC);
      if (time.getYear() >= 1 && time.getYear() <= MAX_YEAR) {
        return time.toInstant();
      }
    } catch (DateTimeException e) {
      // told below
    }
    throw wrong(name, "must be a time such as 2026-03-01T08:00:00Z, or a day");
  }

  static @Nullable AttemptState state(String name, @Nullable String given) {
    return oneOf(AttemptState.class, name, given);
  }

  static @Nullable VerificationMethod method(String name, @Nullable String given) {
    return oneOf(VerificationMethod.class, name, given);
  }

  /** Whether that is a method of the challenge API by which nobody answers here. */
  static boolean isOfNobody(@Nullable String method) {
    return method != null && OF_NOBODY.contains(method);
  }

  private static <E extends Enum<E>> @Nullable E oneOf(
      Class<E> type, String name, @Nullable String given) {
    try {
      return given == null ? null : Enum.valueOf(type, given);
    } catch (IllegalArgumentException e) {
      throw wrong(name, "must be one of " + Arrays.toString(type.getEnumConstants()));
    }
  }

  static @Nullable UUID id(String name, @Nullable String given) {
    try {
      return given == null ? null : UUID.fromString(given);
    } catch (IllegalArgumentException e) {
      throw wrong(name, "must be an id (UUID)");
    }
  }

  private static Malformed wrong(String name, String what) {
    return new Malformed(List.of(MemberError.at(name, what)));
  }
}
