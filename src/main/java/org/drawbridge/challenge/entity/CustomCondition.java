package org.drawbridge.challenge.entity;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.drawbridge.kernel.JsonMember;
import org.jspecify.annotations.Nullable;

/**
 * What one of the things must be that a company tells of its own. What is not told fits nothing.
 *
 * @param name of the thing
 * @param values one of which it is; empty for any
 * @param atLeast null for however little
 * @param atMost null for however much
 */
record CustomCondition(
    String name,
    List<JsonValue> values,
    @Nullable BigDecimal atLeast,
    @Nullable BigDecimal atMost) {

  private static final int MOST_VALUES = 100;
  private static final int LONGEST_NAME = 255;

  /** Clients that can tell nothing but texts tell numbers so. */
  private static final String NUMBER = "-?[0-9]{1,30}(\\.[0-9]{1,30})?";

  boolean fits(JsonObject custom) {
    JsonValue told = custom.get(name);
    if (told == null) {
      return false;
    }
    BigDecimal number = number(told);
    return (values.isEmpty() || values.stream().anyMatch(value -> isSame(value, told)))
        && (atLeast == null || (number != null && number.compareTo(atLeast) >= 0))
        && (atMost == null || (number != null && number.compareTo(atMost) <= 0));
  }

  private static boolean isSame(JsonValue wanted, JsonValue told) {
    BigDecimal number = JsonMember.number(wanted);
    BigDecimal other = number == null ? null : number(told);
    if (number == null || other == null) {
      return wanted.equals(told);
    }
    return number.compareTo(other) == 0;
  }

  static @Nullable BigDecimal number(@Nullable JsonValue value) {
    return value instanceof JsonString text && text.getString().matches(NUMBER)
        ? new BigDecimal(text.getString())
        : JsonMember.number(value);
  }

  /** Such as {@code {"name": "amount", "atLeast": 1000}}. */
  static Optional<CustomCondition> read(JsonMember json) {
    Map<String, JsonMember> members = json.members(Set.of("name", "is", "atLeast", "atMost"));
    String name = json.member("name").text(LONGEST_NAME);
    List<JsonValue> values =
        members.containsKey("is")
            ? json.member("is").elements(MOST_VALUES).stream()
                .map(CustomCondition::value)
                .filter(Objects::nonNull)
                .toList()
            : List.of();
    BigDecimal atLeast = members.containsKey("atLeast") ? json.member("atLeast").number() : null;
    BigDecimal atMost = members.containsKey("atMost") ? json.member("atMost").number() : null;
    if (members.size() < 2) {
      json.refuse("must have at least one of is, atLeast and atMost");
    }
    return name == null
        ? Optional.empty()
        : Optional.of(new CustomCondition(name, values, atLeast, atMost));
  }

  private static @Nullable JsonValue value(JsonMember json) {
    JsonValue value = json.value();
    if (value instanceof JsonObject
        || value == null
        || value == JsonValue.NULL
        || value.getValueType() == JsonValue.ValueType.ARRAY) {
      json.refuse("must be a text, a number, true or false");
      return null;
    }
    return value;
  }
}
