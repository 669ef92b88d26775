package org.drawbridge.challenge.entity;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.drawbridge.account.entity.AccountStatus;
import org.drawbridge.kernel.IpRange;
import org.drawbridge.kernel.JsonMember;
import org.jspecify.annotations.Nullable;

/**
 * What rules ask of the facts, by the names that rules give it. What is not known fits no condition
 * but those on new things, to which it counts as new.
 */
final class Conditions {

  private static final Set<String> NAMES =
      Set.of(
          "accountStates",
          "countries",
          "custom",
          "groups",
          "impossibleTravel",
          "ipRanges",
          "newCountry",
          "newDevice",
          "timeOfDay");

  private static final int MOST = 200;
  private static final int LONGEST = 64;

  private Conditions() {}

  /** Empty where none is given; a name that is not known is a mistake, not a wider rule. */
  static List<Predicate<Facts>> read(JsonMember json) {
    return json.isThere()
        ? json.members(NAMES).entrySet().stream()
            .<Predicate<Facts>>map(entry -> read(entry.getKey(), entry.getValue()))
            .toList()
        : List.of();
  }

  private static Predicate<Facts> read(String name, JsonMember json) {
    return switch (name) {
      case "accountStates" -> {
        List<AccountStatus> states = each(json, state -> state.constant(AccountStatus.class));
        yield facts -> states.contains(facts.account());
      }
      case "countries" -> {
        List<String> countries = each(json, Conditions::country);
        yield facts -> facts.country() != null && countries.contains(facts.country());
      }
      case "custom" -> {
        List<CustomCondition> things =
            each(json, thing -> CustomCondition.read(thing).orElse(null));
        yield facts -> things.stream().allMatch(thing -> thing.fits(facts.custom()));
      }
      case "groups" -> {
        List<UUID> groups = each(json, JsonMember::id);
        yield facts -> groups.stream().anyMatch(facts.groups()::contains);
      }
      case "impossibleTravel" -> is(json, Facts::isImpossibleTravel);
      case "ipRanges" -> {
        List<IpRange> ranges = each(json, Conditions::ipRange);
        yield facts -> isIn(ranges, facts.ipAddress());
      }
      case "newCountry" -> is(json, Facts::isNewCountry);
      case "newDevice" -> is(json, Facts::isNewDevice);
      default -> {
        TimeOfDay time = TimeOfDay.read(json).orElse(null);
        yield facts -> time != null && time.contains(facts.at());
      }
    };
  }

  private static Predicate<Facts> is(JsonMember json, Function<Facts, @Nullable Boolean> fact) {
    Boolean wanted = json.truth();
    return facts -> wanted != null && wanted.equals(fact.apply(facts));
  }

  private static <T> List<T> each(JsonMember json, Function<JsonMember, @Nullable T> read) {
    return json.elements(MOST).stream().map(read).filter(Objects::nonNull).toList();
  }

  private static boolean isIn(List<IpRange> ranges, @Nullable String address) {
    return address != null && ranges.stream().anyMatch(range -> range.contains(address));
  }

  private static @Nullable String country(JsonMember json) {
    String text = json.text(LONGEST);
    if (text != null && !Place.COUNTRIES.contains(text)) {
      json.refuse("must be a country by ISO 3166-1 alpha-2 such as DE");
      return null;
    }
    return text;
  }

  private static @Nullable IpRange ipRange(JsonMember json) {
    String text = json.text(LONGEST);
    if (text == null) {
      return null;
    }
    IpRange range = IpRange.of(text).orElse(null);
    if (range == null) {
      json.refuse("must be a range of addresses such as 203.0.113.0/24 or 2001:db8::/32");
    }
    return range;
  }
}
