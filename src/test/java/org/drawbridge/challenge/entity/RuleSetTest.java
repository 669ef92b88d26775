package org.drawbridge.challenge.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.testing.TestJson.JSON;

import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.drawbridge.account.entity.AccountStatus;
import org.drawbridge.kernel.JsonBody;
import org.drawbridge.kernel.JsonMember;
import org.drawbridge.problem.MemberError;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The rules of an action")
class RuleSetTest {

  private static final UUID STAFF = UUID.fromString("0b7a1b3e-5f1c-4f5e-9d53-3a1f0e1c2d3a");

  /** A Saturday, 23:30 in Berlin. */
  private static final Instant SATURDAY_NIGHT = Instant.parse("2026-03-07T22:30:00Z");

  private final List<MemberError> errors = new ArrayList<>();

  private static JsonMember member(String json, List<MemberError> errors) {
    return new JsonMember(
        JsonBody.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)), "/rules", errors);
  }

  private RuleSet read(String rules) {
    return RuleSet.read(Outcome.CHALLENGE, member(rules, errors), UUID::randomUUID);
  }

  private boolean matches(String conditions, Facts facts) {
    RuleSet rules = read("[{'name':'r','when':{" + conditions + "},'outcome':'ALLOW'}]");
    assertThat(errors).isEmpty();
    return rules.decide(facts).ruleId() != null;
  }

  private static Facts facts(boolean known, JsonObject custom) {
    return new Facts(
        SATURDAY_NIGHT,
        known ? "203.0.113.9" : null,
        custom,
        !known,
        known ? "DE" : null,
        !known,
        known ? Boolean.TRUE : null,
        known ? AccountStatus.UNLOCKED : AccountStatus.NOT_PROTECTED,
        known ? Set.of(STAFF) : Set.of());
  }

  private static final JsonObject CUSTOM =
      JSON.createObjectBuilder()
          .add("amount", 1000)
          .add("price", "99.90")
          .add("tier", "gold")
          .add("vip", true)
          .build();

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          'newDevice':false | true
          'newDevice':true | false
          'newCountry':false | true
          'newCountry':true | false
          'impossibleTravel':true | true
          'impossibleTravel':false | false
          'countries':['AT','DE'] | true
          'countries':['AT'] | false
          'ipRanges':['10.0.0.0/8','203.0.113.0/24'] | true
          'ipRanges':['10.0.0.0/8'] | false
          'accountStates':['UNLOCKED'] | true
          'accountStates':['LOCKED','NOT_PROTECTED'] | false
          'groups':['0b7a1b3e-5f1c-4f5e-9d53-3a1f0e1c2d3a'] | true
          'groups':['0b7a1b3e-5f1c-4f5e-9d53-3a1f0e1c2d3b'] | false
          'timeOfDay':{'from':'22:00','to':'06:00','timeZone':'Europe/Berlin'} | true
          'timeOfDay':{'from':'22:00','to':'23:30','timeZone':'Europe/Berlin'} | false
          'timeOfDay':{'from':'23:30','to':'23:31','timeZone':'Europe/Berlin'} | true
          'timeOfDay':{'from':'22:00','to':'22:00','timeZone':'UTC'} | true
          'timeOfDay':{'from':'00:00','to':'08:00','timeZone':'Asia/Tokyo','days':['SUNDAY']} | true
          'timeOfDay':{'from':'22:00','to':'08:00','timeZone':'Asia/Tokyo','days':['SUNDAY']} | false
          'timeOfDay':{'from':'22:00','to':'08:00','timeZone':'Asia/Tokyo','days':['SATURDAY']} | true
          'timeOfDay':{'from':'22:00','to':'06:00','timeZone':'Europe/Berlin','days':['MONDAY']} | false
          'custom':[{'name':'amount','atLeast':1000}] | true
          'custom':[{'name':'amount','atLeast':1000.01}] | false
          'custom':[{'name':'amount','is':[1e3]}] | true
          'custom':[{'name':'price','atMost':99.9}] | true
          'custom':[{'name':'price','atMost':99}] | false
          'custom':[{'name':'tier','is':['silver','gold']}] | true
          'custom':[{'name':'tier','atLeast':0}] | false
          'custom':[{'name':'vip','is':[true]}] | true
          'custom':[{'name':'vip','is':[false]}] | false
          'custom':[{'name':'none','is':[false]}] | false
          'custom':[{'name':'tier','is':['gold']},{'name':'amount','atMost':9}] | false
          'newDevice':false,'countries':['AT'] | false
          """)
  @DisplayName("match by their conditions")
  void conditions(String conditions, boolean matched) {
    assertThat(matches(conditions, facts(true, CUSTOM))).isEqualTo(matched);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          'newDevice':true | true
          'newCountry':true | true
          'impossibleTravel':true | false
          'impossibleTravel':false | false
          'countries':['DE'] | false
          'ipRanges':['0.0.0.0/0'] | false
          'groups':['0b7a1b3e-5f1c-4f5e-9d53-3a1f0e1c2d3a'] | false
          'accountStates':['NOT_PROTECTED'] | true
          'custom':[{'name':'amount','atLeast':0}] | false
          """)
  @DisplayName("take what is not known for new, and fit nothing else by it")
  void unknown(String conditions, boolean matched) {
    assertThat(matches(conditions, facts(false, JsonObject.EMPTY_JSON_OBJECT))).isEqualTo(matched);
  }

  @Test
  @DisplayName("are asked in their order; the first that matches decides, unless an exception fits")
  void order() {
    RuleSet rules =
        read(
            "[{'name':'travel','when':{'impossibleTravel':true},"
                + "'unless':{'countries':['DE'],'groups':['0b7a1b3e-5f1c-4f5e-9d53-3a1f0e1c2d3b']},"
                + "'outcome':'BLOCK'},"
                + "{'name':'gold','when':{'custom':[{'name':'tier','is':['gold']}]},'outcome':'ALLOW'},"
                + "{'name':'rest','unless':{'newDevice':true},'outcome':'REVIEW'}]");
    assertThat(errors).isEmpty();
    assertThat(rules.decide(facts(true, CUSTOM)).ruleId()).isEqualTo(rules.rules().get(1).id());
    RuleSet.Verdict rest = rules.decide(facts(true, JsonObject.EMPTY_JSON_OBJECT));
    assertThat(rules.rule(rest.ruleId())).map(Rule::name).hasValue("rest");
    assertThat(rest.outcome()).isEqualTo(Outcome.REVIEW);
    RuleSet.Verdict none = rules.decide(facts(false, JsonObject.EMPTY_JSON_OBJECT));
    assertThat(none).isEqualTo(new RuleSet.Verdict(Outcome.CHALLENGE, null));
    assertThat(rules.rule(none.ruleId())).isEmpty();
  }

  @Test
  @DisplayName("let nobody in whose account is locked")
  void locked() {
    Facts open = facts(true, CUSTOM);
    Facts locked =
        new Facts(
            open.at(), null, CUSTOM, false, "DE", false, false, AccountStatus.LOCKED, Set.of());
    RuleSet rules = read("[{'name':'r','when':{'accountStates':['LOCKED']},'outcome':'ALLOW'}]");
    assertThat(rules.decide(locked))
        .isEqualTo(new RuleSet.Verdict(Outcome.BLOCK, rules.rules().get(0).id()));
    assertThat(rules.decide(open).outcome()).isEqualTo(Outcome.CHALLENGE);
  }

  @Test
  @DisplayName("let a remembered device stand in for the default's challenge, and no rule's")
  void remembered() {
    Facts known = facts(true, CUSTOM);
    assertThat(RuleSet.FIRST.letsIn(known)).isTrue();
    String rule = "[{'name':'r','when':{'newDevice':false},'outcome':'%s'}]";
    assertThat(read(rule.formatted("ALLOW")).letsIn(known)).isTrue();
    assertThat(read(rule.formatted("CHALLENGE")).letsIn(known)).isFalse();
    assertThat(read(rule.formatted("BLOCK")).letsIn(known)).isFalse();
    assertThat(read(rule.formatted("REVIEW")).letsIn(known)).isFalse();
    assertThat(new RuleSet(Outcome.BLOCK, List.of()).letsIn(known)).isFalse();
    assertThat(facts(false, CUSTOM).onKnownDevice().isNewDevice()).isFalse();
  }

  @ParameterizedTest(name = "{0} at {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {} | /rules
          ['r'] | /rules/0
          [{}] | /rules/0/name
          [{'name':'r','when':{},'outcome':'ALLOW'}] | /rules/0
          [{'name':'r','when':{'newDevise':true},'outcome':'ALLOW'}] | /rules/0/when/newDevise
          [{'name':'r','when':{'newDevice':'yes'},'outcome':'ALLOW'}] | /rules/0/when/newDevice
          [{'name':'r','unless':{'newDevice':1},'outcome':'ALLOW'}] | /rules/0/unless/newDevice
          [{'name':'r','when':{'newDevice':true},'outcome':'PERHAPS'}] | /rules/0/outcome
          [{'name':'r','when':{'newDevice':true}}] | /rules/0/outcome
          [{'name':'','when':{'newDevice':true},'outcome':'ALLOW'}] | /rules/0/name
          [{'name':'r','if':{},'when':{'newDevice':true},'outcome':'ALLOW'}] | /rules/0/if
          [{'id':'7','name':'r','when':{'newDevice':true},'outcome':'ALLOW'}] | /rules/0/id
          [{'name':'r','when':{'countries':['de']},'outcome':'ALLOW'}] | /rules/0/when/countries/0
          [{'name':'r','when':{'countries':[]},'outcome':'ALLOW'}] | /rules/0/when/countries
          [{'name':'r','when':{'ipRanges':['10.0.0.0/8','x']},'outcome':'ALLOW'}] | /rules/0/when/ipRanges/1
          [{'name':'r','when':{'groups':['staff']},'outcome':'ALLOW'}] | /rules/0/when/groups/0
          [{'name':'r','when':{'accountStates':['OPEN']},'outcome':'ALLOW'}] | /rules/0/when/accountStates/0
          [{'name':'r','when':{'timeOfDay':{'from':'9','to':'17:00','timeZone':'UTC'}},'outcome':'ALLOW'}] | /rules/0/when/timeOfDay/from
          [{'name':'r','when':{'timeOfDay':{'from':'09:00','timeZone':'UTC'}},'outcome':'ALLOW'}] | /rules/0/when/timeOfDay/to
          [{'name':'r','when':{'timeOfDay':{'from':'09:00','to':'17:00','timeZone':'Berlin'}},'outcome':'ALLOW'}] | /rules/0/when/timeOfDay/timeZone
          [{'name':'r','when':{'timeOfDay':{'from':'09:00','to':'17:00','timeZone':'UTC','days':['SUN']}},'outcome':'ALLOW'}] | /rules/0/when/timeOfDay/days/0
          [{'name':'r','when':{'custom':[{'name':'a'}]},'outcome':'ALLOW'}] | /rules/0/when/custom/0
          [{'name':'r','when':{'custom':[{'is':[1]}]},'outcome':'ALLOW'}] | /rules/0/when/custom/0/name
          [{'name':'r','when':{'custom':[{'name':'a','is':[{}]}]},'outcome':'ALLOW'}] | /rules/0/when/custom/0/is/0
          [{'name':'r','when':{'custom':[{'name':'a','atLeast':'1'}]},'outcome':'ALLOW'}] | /rules/0/when/custom/0/atLeast
          [{'name':'r','when':{'custom':[{'name':'a','atMost':1e999999999}]},'outcome':'ALLOW'}] | /rules/0/when/custom/0/atMost
          """)
  @DisplayName("name what is wrong with them, and where")
  void refused(String rules, String pointer) {
    read(rules);
    assertThat(errors).extracting(MemberError::pointer).contains(pointer);
  }

  @Test
  @DisplayName("keep their ids, get one where they have none, and are read again as they were")
  void ids() {
    String id = "4f8a2c1e-7d3b-4a5c-9e6f-1b2c3d4e5f60";
    RuleSet rules =
        read(
            "[{'name':'a','when':{'newDevice':true},'outcome':'ALLOW','id':'"
                + id
                + "'},{'name':'b','when':{'newDevice':true},'outcome':'ALLOW'}]");
    assertThat(rules.rules().get(0).id()).hasToString(id);
    RuleSet again = read(rules.json().toString());
    assertThat(errors).isEmpty();
    assertThat(again.json()).isEqualTo(rules.json());
    assertThat(again.rules().get(1).id()).isEqualTo(rules.rules().get(1).id());
    String twice = "{'name':'a','when':{'newDevice':true},'outcome':'ALLOW','id':'" + id + "'}";
    read("[" + twice + "," + twice + "]");
    assertThat(errors).extracting(MemberError::pointer).containsExactly("/rules/1/id");
    errors.clear();
    read("[" + (twice + ",").repeat(50) + twice + "]");
    assertThat(errors).extracting(MemberError::pointer).containsExactly("/rules");
  }

  @Test
  @DisplayName("are tried on the facts that an attempt has kept")
  void keptFacts() {
    for (boolean known : List.of(true, false)) {
      Facts facts = facts(known, CUSTOM);
      JsonObject kept =
          JsonBody.parse(facts.json().getBytes(StandardCharsets.UTF_8)).asJsonObject();
      assertThat(Facts.of(facts.at(), facts.ipAddress(), CUSTOM, kept)).isEqualTo(facts);
    }
  }
}
