package org.drawbridge.challenge.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From where a person was let in, and where that was last. */
@Embeddable
public class Whereabouts {

  @Column(name = "countries")
  private String countries = "";

  @Column(name = "last_latitude")
  private @Nullable Double lastLatitude;

  @Column(name = "last_longitude")
  private @Nullable Double lastLongitude;

  @Column(name = "last_placed_at")
  private @Nullable Instant lastPlacedAt;

  /** From nowhere yet. */
  public Whereabouts() {}

  /**
   * @param countries separated by blanks
   * @param lastPlacedAt null where it was never known
   */
  public Whereabouts(
      String countries,
      @Nullable Double lastLatitude,
      @Nullable Double lastLongitude,
      @Nullable Instant lastPlacedAt) {
    this.countries = countries;
    this.lastLatitude = lastLatitude;
    this.lastLongitude = lastLongitude;
    this.lastPlacedAt = lastPlacedAt;
  }

  /** The person was let in from there. */
  void add(Place place, Instant now) {
    if (place.country() != null && isNew(place)) {
      countries = (countries + " " + place.country()).strip();
    }
    if (place.latitude() != null) {
      lastLatitude = place.latitude();
      lastLongitude = place.longitude();
      lastPlacedAt = now;
    }
  }

  /** Whether the person was never let in from that country; true for an unknown one. */
  boolean isNew(Place place) {
    return place.country() == null || !List.of(countries.split(" ")).contains(place.country());
  }

  /**
   * Whether nobody could have come there since the person was let in last; null where that cannot
   * be told.
   */
  @Nullable Boolean isOutOfReach(Place place, Instant now) {
    return lastPlacedAt == null
        ? null
        : new Place(null, lastLatitude, lastLongitude)
            .isOutOfReach(place, Duration.between(lastPlacedAt, now));
  }
}
