package org.drawbridge.kernel;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.drawbridge.problem.MemberError;
import org.jspecify.annotations.Nullable;

/**
 * A value in a request body that no record can describe, with where it stands there. Whoever reads
 * it goes on after a mistake, so that every mistake is told in one answer.
 *
 * @param pointer RFC 6901 JSON Pointer
 * @param errors where mistakes are added
 */
public record JsonMember(@Nullable JsonValue value, String pointer, List<MemberError> errors) {

  /** Beyond it nobody compares numbers; arithmetic with {@code 1e999999999} takes for ever. */
  private static final int MAX_SCALE = 64;

  private static final int ID_LENGTH = 36;

  public void refuse(String detail) {
    errors.add(new MemberError(pointer, detail));
  }

  public boolean isThere() {
    return value != null && value != JsonValue.NULL;
  }

  /** One of the value's members, which may be absent; a mistake where the value is no object. */
  public JsonMember member(String name) {
    JsonValue member = value instanceof JsonObject object ? object.get(name) : null;
    return new JsonMember(member, pointer + MemberError.at(name, "").pointer(), errors);
  }

  /** Those of the value's members that are there; one that is not known is a mistake. */
  public Map<String, JsonMember> members(Set<String> known) {
    Map<String, JsonMember> members = new LinkedHashMap<>();
    if (!(value instanceof JsonObject object)) {
      refuse("must be a JSON object");
      return members;
    }
    for (String name : object.keySet()) {
      JsonMember member = member(name);
      if (!known.contains(name)) {
        member.refuse("is not known here; known are " + String.join(", ", new TreeSet<>(known)));
      } else if (member.isThere()) {
        members.put(name, member);
      }
    }
    return members;
  }

  /**
   * @param most how many there may be; at least one has to
   */
  public List<JsonMember> elements(int most) {
    if (!(value instanceof JsonArray array) || array.isEmpty() || array.size() > most) {
      refuse("must be an array of 1 to " + most + " elements");
      return List.of();
    }
    return IntStream.range(0, array.size())
        .mapToObj(i -> new JsonMember(array.get(i), pointer + "/" + i, errors))
        .toList();
  }

  /** Null, with a mistake told, where it is none, or none of 1 to {@code most} characters. */
  public @Nullable String text(int most) {
    if (value instanceof JsonString string
        && !string.getString().isBlank()
        && string.getString().length() <= most
        && Storable.isStorable(string.getString())) {
      return string.getString();
    }
    refuse("must be a text of 1 to " + most + " characters");
    return null;
  }

  /** Null, with a mistake told, where it is none. */
  public @Nullable UUID id() {
    try {
      if (value instanceof JsonString string && string.getString().length() == ID_LENGTH) {
        return UUID.fromString(string.getString());
      }
    } catch (IllegalArgumentException e) {
      // told below
    }
    refuse("must be an id (UUID)");
    return null;
  }

  /** Null, with a mistake told, where it is neither true nor false. */
  public @Nullable Boolean truth() {
    if (value == JsonValue.TRUE || value == JsonValue.FALSE) {
      return value == JsonValue.TRUE;
    }
    refuse("must be true or false");
    return null;
  }

  /** Null, with a mistake told, where it is none of the constants. */
  public <E extends Enum<E>> @Nullable E constant(Class<E> type) {
    for (E constant : type.getEnumConstants()) {
      if (value instanceof JsonString string && string.getString().equals(constant.name())) {
        return constant;
      }
    }
    refuse(
        "must be one of "
            + String.join(", ", Arrays.stream(type.getEnumConstants()).map(Enum::name).toList()));
    return null;
  }

  /** Null, with a mistake told, where it is no number. */
  public @Nullable BigDecimal number() {
    BigDecimal number = number(value);
    if (number == null) {
      refuse("must be a number");
    }
    return number;
  }

  /** Null for what is no number, or none that anybody would compare. */
  public static @Nullable BigDecimal number(@Nullable JsonValue value) {
    if (!(value instanceof JsonNumber number)) {
      return null;
    }
    BigDecimal decimal = number.bigDecimalValue();
    return Math.abs((long) decimal.scale()) > MAX_SCALE ? null : decimal;
  }
}
