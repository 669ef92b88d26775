package org.drawbridge.access;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The registered time claims of RFC 7519 section 4.1. */
final class TokenTimes {

  /** Some time in the year 5138. */
  private static final long LATEST = 100_000_000_000L;

  private TokenTimes() {}

  /** {@code exp} is required and at most {@code lifetime} ahead; the others are optional. */
  static boolean areValid(JsonObject claims, Instant now, Duration leeway, Duration lifetime) {
    BigDecimal expiry = numericDate(claims, "exp");
    BigDecimal latest = seconds(now.plus(leeway).plus(lifetime));
    return expiry != null && expiry.compareTo(latest) <= 0 && areValid(claims, now, leeway);
  }

  /** All of them are optional. */
  static boolean areValid(JsonObject claims, Instant now, Duration leeway) {
    BigDecimal latest = seconds(now.plus(leeway));
    return isOpen(claims, seconds(now.minus(leeway)))
        && hasBegun(claims, "nbf", latest)
        && hasBegun(claims, "iat", latest);
  }

  /** Empty where there is none, or none that an {@link Instant} could be. */
  static Optional<Instant> expiry(JsonObject claims) {
    return Optional.ofNullable(numericDate(claims, "exp"))
        .filter(e -> e.signum() > 0 && e.compareTo(BigDecimal.valueOf(LATEST)) < 0)
        .map(e -> Instant.ofEpochSecond(e.longValue()));
  }

  private static boolean isOpen(JsonObject claims, BigDecimal earliest) {
    if (!claims.containsKey("exp")) {
      return true;
    }
    BigDecimal expiry = numericDate(claims, "exp");
    return expiry != null && expiry.compareTo(earliest) > 0;
  }

  private static boolean hasBegun(JsonObject claims, String claim, BigDecimal latest) {
    if (!claims.containsKey(claim)) {
      return true;
    }
    BigDecimal from = numericDate(claims, claim);
    return from != null && from.compareTo(latest) <= 0;
  }

  /** A NumericDate may be fractional (RFC 7519 section 2); null where it is none, or absurd. */
  private static @Nullable BigDecimal numericDate(JsonObject claims, String claim) {
    if (!(claims.get(claim) instanceof JsonNumber number)) {
      return null;
    }
    BigDecimal value = number.bigDecimalValue();
    // 1e999999999 is a number too, and comparing it would take all memory there is.
    return value.precision() > 40 || Math.abs((long) value.scale()) > 20 ? null : value;
  }

  private static BigDecimal seconds(Instant now) {
    return BigDecimal.valueOf(now.getEpochSecond()).add(BigDecimal.valueOf(now.getNano(), 9));
  }
}
