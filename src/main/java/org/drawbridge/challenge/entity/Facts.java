package org.drawbridge.challenge.entity;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.drawbridge.account.entity.AccountStatus;
import org.jspecify.annotations.Nullable;

/**
 * What is known when an attempt is decided, and is kept with it, so that other rules can be tried
 * on it later.
 *
 * @param at when it is decided
 * @param ipAddress null where it is not told
 * @param custom what the company tells of its own
 * @param isNewDevice whether the person has not answered a challenge on it before
 * @param country null where it is not known
 * @param isNewCountry whether the person was not let in from there before; so is an unknown one
 * @param isImpossibleTravel whether nobody could have come here since the last time; null where
 *     that cannot be told
 * @param groups that the accounts of that name are in
 */
public record Facts(
    Instant at,
    @Nullable String ipAddress,
    JsonObject custom,
    boolean isNewDevice,
    @Nullable String country,
    boolean isNewCountry,
    @Nullable Boolean isImpossibleTravel,
    AccountStatus account,
    Set<UUID> groups) {

  private static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());

  /**
   * What is known of an attempt that begins.
   *
   * @param whereabouts of the person until now
   */
  public static Facts about(
      Attempt attempt,
      boolean isKnownDevice,
      Whereabouts whereabouts,
      AccountStatus account,
      Set<UUID> groups,
      Instant now) {
    Place place = Place.of(attempt.customData());
    return new Facts(
        now,
        attempt.ipAddress(),
        attempt.customData(),
        !isKnownDevice,
        place.country(),
        whereabouts.isNew(place),
        whereabouts.isOutOfReach(place, now),
        account,
        groups);
  }

  /** The same, but for the device, which has shown itself to be a known one meanwhile. */
  public Facts onKnownDevice() {
    return new Facts(
        at, ipAddress, custom, false, country, isNewCountry, isImpossibleTravel, account, groups);
  }

  /** Those that an attempt does not hold already. */
  String json() {
    JsonObjectBuilder object =
        BUILDERS
            .createObjectBuilder()
            .add("newDevice", isNewDevice)
            .add("newCountry", isNewCountry)
            .add("account", account.name());
    if (country != null) {
      object.add("country", country);
    }
    if (isImpossibleTravel != null) {
      object.add("impossibleTravel", isImpossibleTravel);
    }
    if (!groups.isEmpty()) {
      JsonArrayBuilder ids = BUILDERS.createArrayBuilder();
      groups.forEach(group -> ids.add(group.toString()));
      object.add("groups", ids);
    }
    return object.build().toString();
  }

  /**
   * @param kept what {@link #json} has written
   */
  static Facts of(Instant at, @Nullable String ipAddress, JsonObject custom, JsonObject kept) {
    JsonValue travel = kept.get("impossibleTravel");
    JsonArray groups = kept.getJsonArray("groups");
    return new Facts(
        at,
        ipAddress,
        custom,
        kept.getBoolean("newDevice"),
        kept.getString("country", null),
        kept.getBoolean("newCountry"),
        travel == null ? null : travel == JsonValue.TRUE,
        AccountStatus.valueOf(kept.getString("account")),
        groups == null
            ? Set.of()
            : groups.getValuesAs(JsonString.class).stream()
                .map(group -> UUID.fromString(group.getString()))
                .collect(Collectors.toUnmodifiableSet()));
  }
}
