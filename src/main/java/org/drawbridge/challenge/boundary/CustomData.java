package org.drawbridge.challenge.boundary;

import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.drawbridge.kernel.JsonBody;
import org.drawbridge.kernel.Storable;
import org.drawbridge.problem.Malformed;
import org.drawbridge.problem.MemberError;
import org.jspecify.annotations.Nullable;

/**
 * What a company tells of its own: a text, a number or a truth value for each of some names. Old
 * clients let it tell more, such as lists, which no rule can ask for.
 */
final class CustomData {

  private static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());
  private static final int MAX_NAMES = 50;
  private static final int MAX_LENGTH = 16_000;

  private CustomData() {}

  /**
   * Without what is something else: no login fails for it.
   *
   * @throws Malformed where the rest is too much, which must not be cut: a rule may ask for any of
   *     it
   */
  static JsonObject kept(@Nullable JsonObject custom) {
    if (custom == null) {
      return JsonValue.EMPTY_JSON_OBJECT;
    }
    JsonObjectBuilder plain = BUILDERS.createObjectBuilder();
    custom.forEach(
        (name, value) -> {
          if (isPlain(name, value)) {
            plain.add(name, value);
          }
        });
    JsonObject kept = plain.build();
    if (kept.size() > MAX_NAMES || kept.toString().length() > MAX_LENGTH) {
      throw new Malformed(
          List.of(
              MemberError.at(
                  "custom",
                  "must have at most "
                      + MAX_NAMES
                      + " members and "
                      + MAX_LENGTH
                      + " characters")));
    }
    return kept;
  }

  /** What was kept. */
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
