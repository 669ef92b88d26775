package org.drawbridge.challenge.entity;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.drawbridge.kernel.JsonMember;

/**
 * A rule of an action. It matches where all of its conditions fit and none of its exceptions does.
 *
 * @param when conditions
 * @param unless exceptions
 * @param json as the company has written it, with the rule's id
 */
public record Rule(
    UUID id,
    String name,
    List<Predicate<Facts>> when,
    List<Predicate<Facts>> unless,
    Outcome outcome,
    JsonObject json) {

  private static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());
  private static final Set<String> MEMBERS = Set.of("id", "name", "when", "unless", "outcome");
  private static final int LONGEST_NAME = 100;

  boolean matches(Facts facts) {
    return when.stream().allMatch(condition -> condition.test(facts))
        && unless.stream().noneMatch(condition -> condition.test(facts));
  }

  /** The groups that its conditions and exceptions name. */
  public Set<UUID> groups() {
    return Stream.of("when", "unless")
        .map(json::get)
        .filter(JsonObject.class::isInstance)
        .map(conditions -> conditions.asJsonObject().get("groups"))
        .filter(JsonArray.class::isInstance)
        .flatMap(groups -> groups.asJsonArray().getValuesAs(JsonString.class).stream())
        .map(group -> UUID.fromString(group.getString()))
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Reads what a company has written. What is wrong is told to the member's errors; then the rule
   * is none to be used.
   *
   * @param fresh gives a rule an id that has none
   */
  static Rule read(JsonMember json, Supplier<UUID> fresh) {
    json.members(MEMBERS);
    List<Predicate<Facts>> when = Conditions.read(json.member("when"));
    List<Predicate<Facts>> unless = Conditions.read(json.member("unless"));
    if (when.isEmpty() && unless.isEmpty()) {
      json.refuse("must have a condition in when or unless; defaultOutcome is for all the others");
    }
    JsonMember given = json.member("id");
    UUID id = given.isThere() ? Objects.requireNonNullElseGet(given.id(), fresh) : fresh.get();
    return new Rule(
        id,
        Objects.requireNonNullElse(json.member("name").text(LONGEST_NAME), ""),
        when,
        unless,
        Objects.requireNonNullElse(json.member("outcome").constant(Outcome.class), Outcome.BLOCK),
        withId(json, id));
  }

  private static JsonObject withId(JsonMember json, UUID id) {
    JsonObjectBuilder object = BUILDERS.createObjectBuilder().add("id", id.toString());
    if (json.value() instanceof JsonObject written) {
      written.forEach(
          (name, value) -> {
            if (!name.equals("id")) {
              object.add(name, value);
            }
          });
    }
    return object.build();
  }
}
