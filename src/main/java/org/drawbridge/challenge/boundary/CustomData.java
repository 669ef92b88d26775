package org.drawbridge.challenge.boundary;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.drawbridge.kernel.JsonBody;
import org.drawbridge.kernel.Storable;
import org.drawbridge.problem.Malformed;
import org.drawbridge.problem.MemberError;
import org.jspecify.annotations.Nullable;

/** What a company tells of its own: a text, a number or a truth value for each of some names. */
final class CustomData {

  private static final int MAX_NAMES = 50;
  private static final int MAX_LENGTH = 16_000;

  private CustomData() {}

  /**
   * @throws Malformed naming each member that is something else
   */
  static JsonObject checked(@Nullable JsonObject custom) {
    if (custom == null) {
      return JsonValue.EMPTY_JSON_OBJECT;
    }
    List<MemberError> errors = new ArrayList<>();
    custom.forEach(
        (name, value) -> {
          if (!isPlain(name, value)) {
            errors.add(
                MemberError.at(name, "must be a text, a number, true or false").below("/custom"));
          }
        });
    if (custom.size() > MAX_NAMES || custom.toString().length() > MAX_LENGTH) {
      errors.add(
          MemberError.at(
              "custom",
              "must have at most " + MAX_NAMES + " members and " + MAX_LENGTH + " characters"));
    }
    if (!errors.isEmpty()) {
      throw new Malformed(errors);
    }
    return custom;
  }

  /** What was checked before it was kept. */
  static JsonObject read(String json) {
    return JsonBody.parse(json.getBytes(StandardCharsets.UTF_8)).asJsonObject();
  }

  private static boolean isPlain(String name, JsonValue value) {
    return Storable.isStorable(name)
        && switch (value.getValueType()) {
          case STRING -> Storable.isStorable(((JsonString) value).getString());
          case NUMBER, TRUE, FALSE -> true;
          default -> false;
        };
  }
}
