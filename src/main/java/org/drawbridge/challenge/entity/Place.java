package org.drawbridge.challenge.entity;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where somebody is, as far as the company tells.
 *
 * @param country ISO 3166-1 alpha-2
 * @param latitude in degrees north, with a longitude or not at all
 * @param longitude in degrees east
 */
public record Place(
    @Nullable String country, @Nullable Double latitude, @Nullable Double longitude) {

  public static final Place UNKNOWN = new Place(null, null, null);

  static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  private static final double EARTH_RADIUS_KM = 6371;

  /** Airliners are slower. */
  private static final double FASTEST_KM_PER_HOUR = 1000;

  /** Addresses tell places no better than that. */
  private static final double SAME_PLACE_KM = 200;

  /**
   * By the members {@code countryCode}, {@code latitude} and {@code longitude}, which are named as
   * in Auth0's {@code event.request.geoip}; a text that is a number counts as one. What makes no
   * sense is not known.
   */
  public static Place of(JsonObject custom) {
    String country =
        custom.get("countryCode") instanceof JsonString text
            ? text.getString().toUpperCase(Locale.ROOT)
            : "";
    Double latitude = degrees(custom, "latitude", 90);
    Double longitude = degrees(custom, "longitude", 180);
    boolean isExact = latitude != null && longitude != null;
    return new Place(
        COUNTRIES.contains(country) ? country : null,
        isExact ? latitude : null,
        isExact ? longitude : null);
  }

  private static @Nullable Double degrees(JsonObject custom, String member, int most) {
    BigDecimal degrees = CustomCondition.number(custom.get(member));
    return degrees == null || degrees.abs().compareTo(BigDecimal.valueOf(most)) > 0
        ? null
        : degrees.doubleValue();
  }

  /** Whether nobody travels from here to there in that time; null where it cannot be told. */
  @Nullable Boolean isOutOfReach(Place there, Duration time) {
    if (latitude == null
        || longitude == null
        || there.latitude == null
        || there.longitude == null) {
      return null;
    }
    double far = kilometres(latitude, longitude, there.latitude, there.longitude);
    double hours = Math.max(0, time.toMillis() / 3_600_000.0);
    return far > SAME_PLACE_KM && far > FASTEST_KM_PER_HOUR * hours;
  }

  /** On a sphere: the haversine formula, which is good to half a percent. */
  private static double kilometres(
      double fromLatitude, double fromLongitude, double toLatitude, double toLongitude) {
    double north = Math.toRadians(toLatitude - fromLatitude);
    double east = Math.toRadians(toLongitude - fromLongitude);
    double chord =
        Math.pow(Math.sin(north / 2), 2)
            + Math.cos(Math.toRadians(fromLatitude))
                * Math.cos(Math.toRadians(toLatitude))
                * Math.pow(Math.sin(east / 2), 2);
    return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(chord)));
  }
}
