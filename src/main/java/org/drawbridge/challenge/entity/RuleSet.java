package org.drawbridge.challenge.entity;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonValue;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.drawbridge.account.entity.AccountStatus;
import org.drawbridge.kernel.JsonMember;
import org.drawbridge.problem.MemberError;
import org.jspecify.annotations.Nullable;

/**
 * What a company wants of an action: the first rule that matches decides, and where none does, the
 * default outcome.
 */
public record RuleSet(Outcome defaultOutcome, List<Rule> rules) {

  /** So many rules an action may have. */
  public static final int MOST = 50;

  /** So many characters they may have, as JSON. */
  public static final int LONGEST = 100_000;

  /** Asks for a challenge, until the company says otherwise. */
  public static final RuleSet FIRST = new RuleSet(Outcome.CHALLENGE, List.of());

  private static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());

  /**
   * @param ruleId null where no rule matched
   */
  public record Verdict(Outcome outcome, @Nullable UUID ruleId) {}

  /** Of the rules, as {@link #read} takes them. */
  public JsonArray json() {
    JsonArrayBuilder array = BUILDERS.createArrayBuilder();
    rules.forEach(rule -> array.add(rule.json()));
    return array.build();
  }

  /** Whatever the rules say: who is locked is not let in. */
  public Verdict decide(Facts facts) {
    Rule first = rules.stream().filter(rule -> rule.matches(facts)).findFirst().orElse(null);
    Outcome outcome = first == null ? defaultOutcome : first.outcome();
    return new Verdict(
        facts.account() == AccountStatus.LOCKED ? Outcome.BLOCK : outcome,
        first == null ? null : first.id());
  }

  /**
   * @param id null for none
   */
  public Optional<Rule> rule(@Nullable UUID id) {
    return rules.stream().filter(rule -> rule.id().equals(id)).findFirst();
  }

  /**
   * Whether who answers on a remembered device is let in without a challenge: where the challenge
   * would be the default's alone, and no rule's.
   */
  public boolean letsIn(Facts onKnownDevice) {
    Verdict verdict = decide(onKnownDevice);
    return verdict.outcome() == Outcome.ALLOW
        || (verdict.outcome() == Outcome.CHALLENGE && verdict.ruleId() == null);
  }

  /**
   * @param rules an array; what is wrong with it is told to its errors, and then it is none to be
   *     used
   * @param fresh gives rules ids that have none
   */
  public static RuleSet read(Outcome defaultOutcome, JsonMember rules, Supplier<UUID> fresh) {
    List<Rule> read =
        isEmpty(rules)
            ? List.of()
            : rules.elements(MOST).stream().map(rule -> Rule.read(rule, fresh)).toList();
    Set<UUID> ids = new HashSet<>();
    for (int i = 0; i < read.size(); i++) {
      if (!ids.add(read.get(i).id())) {
        rules
            .errors()
            .add(
                new MemberError(rules.pointer() + "/" + i + "/id", "is that of another rule, too"));
      }
    }
    return new RuleSet(defaultOutcome, read);
  }

  private static boolean isEmpty(JsonMember rules) {
    return !rules.isThere() || JsonValue.EMPTY_JSON_ARRAY.equals(rules.value());
  }
}
