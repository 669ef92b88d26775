package org.drawbridge.challenge.entity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.drawbridge.kernel.JsonBody;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A place")
class PlaceTest {

  private static final Instant NOON = Instant.parse("2026-03-07T12:00:00Z");
  private static final Place BERLIN = new Place("DE", 52.52, 13.40);

  private final Whereabouts whereabouts = new Whereabouts();

  private static Place of(String json) {
    return Place.of(
        JsonBody.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)).asJsonObject());
  }

  @ParameterizedTest(name = "{0}, {1} after {2} minutes: {3}")
  @CsvSource({
    // Potsdam, Hamburg, New York, Sydney
    "52.39, 13.06, 0, false",
    "53.55, 9.99, 1, true",
    "53.55, 9.99, 60, false",
    "40.71, -74.01, 300, true",
    "40.71, -74.01, 400, false",
    "-33.87, 151.21, 900, true",
    "-33.87, 151.21, 1000, false",
    // A clock that went back.
    "40.71, -74.01, -600, true",
  })
  @DisplayName("cannot be come to faster than by air")
  void travel(double latitude, double longitude, long minutes, boolean impossible) {
    whereabouts.add(BERLIN, NOON);
    Place there = new Place(null, latitude, longitude);
    assertThat(whereabouts.isOutOfReach(there, NOON.plusSeconds(60 * minutes)))
        .isEqualTo(impossible);
  }

  @Test
  @DisplayName("across the date line is near")
  void dateLine() {
    whereabouts.add(new Place("FJ", -17.0, 179.9), NOON);
    assertThat(whereabouts.isOutOfReach(new Place("FJ", -17.0, -179.9), NOON)).isFalse();
  }

  @Test
  @DisplayName("that is not known tells nothing of travel, and is a new country")
  void unknown() {
    assertThat(whereabouts.isOutOfReach(BERLIN, NOON)).isNull();
    assertThat(whereabouts.isNew(BERLIN)).isTrue();
    whereabouts.add(BERLIN, NOON);
    whereabouts.add(new Place("AT", null, null), NOON);
    whereabouts.add(Place.UNKNOWN, NOON);
    assertThat(whereabouts.isNew(BERLIN)).isFalse();
    assertThat(whereabouts.isNew(new Place("AT", null, null))).isFalse();
    assertThat(whereabouts.isNew(Place.UNKNOWN)).isTrue();
    assertThat(whereabouts.isOutOfReach(Place.UNKNOWN, NOON)).isNull();
  }

  @Test
  @DisplayName("is read from what a company tells, texts and numbers alike")
  void read() {
    Place berlin = of("{'countryCode':'de','latitude':52.52,'longitude':'13.40'}");
    assertThat(berlin).isEqualTo(BERLIN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'countryCode':'Germany'}",
        "{'countryCode':7,'latitude':52.52}",
        "{'latitude':91,'longitude':0}",
        "{'latitude':'north','longitude':0}",
        "{'latitude':1e999999999,'longitude':0}",
        "{'latitude':true,'longitude':-181}"
      })
  @DisplayName("is not known where what is told makes no sense")
  void senseless(String json) {
    assertThat(of(json)).isEqualTo(Place.UNKNOWN);
  }
}
