package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.drawbridge.testing.ChallengeClient;
import org.drawbridge.testing.ChallengeClient.Call;
import org.drawbridge.testing.HttpCalls;
import org.drawbridge.testing.MailServer;
import org.drawbridge.testing.Problems;
import org.drawbridge.testing.Simultaneously;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.drawbridge.testing.TestPerson;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The rules of a challenge action")
class ChallengeRulesIT {

  private static final String BERLIN =
      "\"custom\":{\"countryCode\":\"DE\",\"latitude\":52.52,\"longitude\":13.4}";
  private static final String NEW_YORK =
      "\"custom\":{\"countryCode\":\"US\",\"latitude\":\"40.71\",\"longitude\":\"-74.01\"}";

  private final TestCompany company = TestCompany.create();
  private final HttpCalls administrator = company.administrator();
  private final String companyPath = "/api/v1/companies/" + company.id();
  private final String actionPath = companyPath + "/challenge-actions/auth0-login";
  private final ChallengeClient client = ChallengeClient.of(company);
  private final HttpCalls raw = client.raw();

  private static String rules(String outcome, String... rules) {
    return "{\"defaultOutcome\":\"" + outcome + "\",\"rules\":[" + String.join(",", rules) + "]}";
  }

  private static String rule(String name, String conditions, String outcome) {
    return "{\"name\":\"%s\",\"when\":{%s},\"outcome\":\"%s\"}"
        .formatted(name, conditions, outcome);
  }

  private JsonObject put(String rules) {
    return administrator.put(actionPath, rules).expect(200).json();
  }

  private JsonObject track(String userId, String attributes) {
    return raw.post(
            "/authsignal/v1/users/" + userId + "/actions/auth0-login", "{" + attributes + "}")
        .expect(200)
        .json();
  }

  private String state(String userId, String attributes) {
    return track(userId, attributes).getString("state");
  }

  private static String id(JsonObject action, int rule) {
    return action.getJsonArray("rules").getJsonObject(rule).getString("id");
  }

  @Test
  @DisplayName("decide an attempt: the first that matches, told to the client by its id and name")
  void firstMatches() {
    JsonObject action =
        put(
            rules(
                "CHALLENGE",
                rule("office", "\"ipRanges\":[\"203.0.113.0/24\"]", "ALLOW"),
                rule("abroad", "\"countries\":[\"US\"]", "BLOCK"),
                rule("large", "\"custom\":[{\"name\":\"amount\",\"atLeast\":1000}]", "REVIEW")));
    assertThat(action.getInt("version")).isEqualTo(2);
    JsonObject blocked =
        client
            .call(
                "track",
                "{\"userId\":\"ana\",\"action\":\"auth0-login\",\"attributes\":{"
                    + "\"ipAddress\":\"198.51.100.7\","
                    + NEW_YORK
                    + "}}")
            .result();
    assertThat(blocked.getString("state")).isEqualTo("BLOCK");
    assertThat(blocked.getJsonArray("ruleIds").getValuesAs(JsonString.class))
        .extracting(JsonString::getString)
        .containsExactly(id(action, 1));
    JsonObject asked =
        client
            .call(
                "getAction",
                "{\"userId\":\"ana\",\"action\":\"auth0-login\",\"idempotencyKey\":\""
                    + blocked.getString("idempotencyKey")
                    + "\"}")
            .result();
    assertThat(asked.getJsonArray("rules").getJsonObject(0).getString("name")).isEqualTo("abroad");
    assertThat(asked.getJsonArray("rules").getJsonObject(0).getString("ruleId"))
        .isEqualTo(id(action, 1));
    assertThat(state("ana", "\"ipAddress\":\"203.0.113.9\"," + NEW_YORK)).isEqualTo("ALLOW");
    assertThat(state("ana", "\"custom\":{\"amount\":1000}")).isEqualTo("BLOCK");
    JsonObject none = track("ana", "\"custom\":{\"amount\":999}");
    assertThat(none.getString("state")).isEqualTo("CHALLENGE_REQUIRED");
    assertThat(none.getJsonArray("ruleIds")).isEmpty();
    assertThat(administrator.get(companyPath + "/activity").expect(200).text())
        .contains("challenge-blocked", "abroad", "challenge-action-changed");
  }

  @Test
  @DisplayName("know devices, countries and places from which people were let in")
  void history() {
    put(
        rules(
            "ALLOW",
            rule("travel", "\"impossibleTravel\":true", "BLOCK"),
            rule("device", "\"newDevice\":true", "CHALLENGE"),
            rule("country", "\"newCountry\":true", "CHALLENGE")));
    String laptop = "\"deviceId\":\"laptop\",\"userAgent\":\"Firefox/140.0\",";
    String updated = "\"deviceId\":\"laptop\",\"userAgent\":\"Firefox/141.2\",";
    String stolen = "\"deviceId\":\"laptop\",\"userAgent\":\"curl/8\",";
    JsonObject first = track("ana", laptop + BERLIN);
    assertThat(first.getString("state")).isEqualTo("CHALLENGE_REQUIRED");
    assertThat(state("ana", laptop + BERLIN)).as("not answered").isEqualTo("CHALLENGE_REQUIRED");
    succeed("ana", first);
    assertThat(state("ana", updated + BERLIN)).isEqualTo("ALLOW");
    assertThat(state("ana", stolen + BERLIN)).isEqualTo("CHALLENGE_REQUIRED");
    assertThat(state("ana", BERLIN)).as("a device not told").isEqualTo("CHALLENGE_REQUIRED");
    assertThat(state("ana", laptop + NEW_YORK)).isEqualTo("BLOCK");
    assertThat(state("ana", laptop + "\"custom\":{\"countryCode\":\"AT\"}"))
        .isEqualTo("CHALLENGE_REQUIRED");
    assertThat(state("ben", laptop + BERLIN)).as("of Ana").isEqualTo("CHALLENGE_REQUIRED");
    raw.delete("/authsignal/v1/users/ana").expect(204);
    assertThat(state("ana", laptop + BERLIN)).as("forgotten").isEqualTo("CHALLENGE_REQUIRED");
  }

  private void succeed(String userId, JsonObject tracked) {
    raw.patch(
            "/authsignal/v1/users/"
                + userId
                + "/actions/auth0-login/"
                + tracked.getString("idempotencyKey"),
            "{\"state\":\"CHALLENGE_SUCCEEDED\"}")
        .expect(200);
  }

  @Test
  @DisplayName("ask for the protected account: how it stands, and its groups; locked is locked")
  void accounts() {
    TestApplication application = company.application();
    String account = application.account("ana");
    String group =
        administrator
            .post(companyPath + "/groups", "{\"groupKey\":\"staff\",\"groupName\":\"Staff\"}")
            .expect(201)
            .json()
            .getString("id");
    put(
        rules(
            "CHALLENGE",
            rule("staff", "\"groups\":[\"" + group + "\"]", "ALLOW"),
            rule("open", "\"accountStates\":[\"UNLOCKED\"]", "REVIEW"),
            rule("locked", "\"accountStates\":[\"LOCKED\"]", "ALLOW")));
    application.unlock(account);
    assertThat(state("ben", "")).isEqualTo("CHALLENGE_REQUIRED");
    assertThat(track("ana", "").getJsonArray("ruleIds")).hasSize(1);
    assertThat(state("ana", "")).as("to be reviewed").isEqualTo("BLOCK");
    administrator
        .put("/api/v1/groups/" + group + "/members", "{\"accountIds\":[\"" + account + "\"]}")
        .expect(200);
    assertThat(state("ana", "")).isEqualTo("ALLOW");
    application.lock(account);
    assertThat(state("ana", "")).isEqualTo("BLOCK");
    application.unlock(account);
    assertThat(state("ana", "")).isEqualTo("ALLOW");
  }

  @Test
  @DisplayName("are for some hours, and have exceptions")
  void hours() {
    LocalTime now = LocalTime.now(ZoneOffset.UTC);
    String from = now.minusHours(2).truncatedTo(ChronoUnit.MINUTES).toString();
    String to = now.plusHours(2).truncatedTo(ChronoUnit.MINUTES).toString();
    String hours = "\"timeOfDay\":{\"from\":\"%s\",\"to\":\"%s\",\"timeZone\":\"UTC\"}";
    String office = "\"unless\":{\"ipRanges\":[\"203.0.113.0/24\"]},\"outcome\"";
    put(
        rules(
            "CHALLENGE",
            rule("now", hours.formatted(from, to), "ALLOW").replace("\"outcome\"", office)));
    assertThat(state("ana", "")).isEqualTo("ALLOW");
    assertThat(state("ana", "\"ipAddress\":\"203.0.113.7\"")).isEqualTo("CHALLENGE_REQUIRED");
    put(rules("CHALLENGE", rule("later", hours.formatted(to, from), "ALLOW")));
    assertThat(state("ana", "")).isEqualTo("CHALLENGE_REQUIRED");
  }

  @Test
  @DisplayName("hold for codes that are sent without the page, too")
  void claims() {
    put(rules("ALLOW", rule("range", "\"ipRanges\":[\"198.51.100.0/24\"]", "BLOCK")));
    for (String address : List.of("198.51.100.7", "203.0.113.7")) {
      String challengeId =
          raw.post(
                  "/authsignal/v1/challenge",
                  "{\"verificationMethod\":\"EMAIL_OTP\",\"action\":\"auth0-login\","
                      + "\"email\":\"ana@example.com\",\"ipAddress\":\"%s\"}".formatted(address))
              .expect(200)
              .json()
              .getString("challengeId");
      String token =
          raw.post(
                  "/authsignal/v1/claim",
                  "{\"challengeId\":\"%s\",\"userId\":\"ana\",\"skipVerificationCheck\":true}"
                      .formatted(challengeId))
              .expect(200)
              .json()
              .getString("token");
      JsonObject validated =
          raw.post("/authsignal/v1/validate", "{\"token\":\"" + token + "\"}").expect(200).json();
      assertThat(validated.getBoolean("isValid")).isEqualTo(address.startsWith("203"));
    }
  }

  @Test
  @DisplayName("are told by codes that are sent without the page all that track tells them")
  void circumstancesOfCodes() {
    String laptop = "\"deviceId\":\"laptop\",\"userAgent\":\"Firefox/140.0\"";
    String berlin = ",\"custom\":{\"countryCode\":\"DE\",\"risk\":\"%s\"}";
    succeed("ana", track("ana", laptop + berlin.formatted("low")));
    put(
        rules(
            "CHALLENGE",
            rule("risk", "\"custom\":[{\"name\":\"risk\",\"is\":[\"high\"]}]", "BLOCK"),
            rule("device", "\"newDevice\":true", "BLOCK"),
            rule("country", "\"newCountry\":true", "BLOCK")));
    assertThat(claimed(laptop + berlin.formatted("low"))).isEqualTo("CHALLENGE_SUCCEEDED true");
    assertThat(claimed(laptop + berlin.formatted("high"))).isEqualTo("BLOCK false");
    assertThat(claimed(laptop.replace("laptop", "phone") + berlin.formatted("low")))
        .as("a new device")
        .isEqualTo("BLOCK false");
    assertThat(claimed(laptop + ",\"custom\":{\"countryCode\":\"US\"}"))
        .as("a new country")
        .isEqualTo("BLOCK false");
  }

  /** How an attempt stands, and whether it is valid, that Ana has answered by a code, by client. */
  private String claimed(String told) {
    String address = "ana-" + UUID.randomUUID() + "@example.com";
    String challenge =
        client
            .call(
                "challenge",
                "{\"verificationMethod\":\"EMAIL_OTP\",\"action\":\"auth0-login\",\"email\":\"%s\",%s}"
                    .formatted(address, told))
            .result()
            .getString("challengeId");
    String code = TestPerson.codeIn(MailServer.text(MailServer.shared().mail(address)));
    String of = "{\"challengeId\":\"" + challenge + "\",";
    String token =
        client
            .call(
                new Call("verify", of + "\"verificationCode\":\"" + code + "\"}"),
                new Call("claimChallenge", of + "\"userId\":\"ana\"}"))
            .get(1)
            .result()
            .getString("token");
    JsonObject validated =
        client.call("validateChallenge", "{\"token\":\"" + token + "\"}").result();
    return validated.getString("state") + " " + validated.getBoolean("isValid");
  }

  @Test
  @DisplayName("are kept in versions, and changed by one at a time")
  void versions() {
    Problems.expect(administrator.get(actionPath), 404, "not-found");
    JsonObject second = put(rules("ALLOW", rule("r", "\"newDevice\":true", "CHALLENGE")));
    JsonObject third = put("{\"defaultOutcome\":\"BLOCK\"}");
    assertThat(third.getInt("version")).isEqualTo(3);
    assertThat(third.getJsonArray("rules")).isEmpty();
    JsonArray versions = administrator.get(actionPath + "/versions").expect(200).jsonArray();
    assertThat(versions.getValuesAs(JsonObject.class))
        .extracting(version -> version.getInt("version"))
        .containsExactly(3, 2, 1);
    assertThat(versions.getJsonObject(1).getJsonArray("rules"))
        .isEqualTo(second.getJsonArray("rules"));
    assertThat(versions.getJsonObject(2).getString("defaultOutcome")).isEqualTo("CHALLENGE");
    HttpCalls careful = administrator.with("If-Match", "\"2\"");
    Problems.expect(careful.put(actionPath, rules("ALLOW")), 412, "stale-version");
    HttpCalls.Answer read = administrator.get(actionPath).expect(200);
    assertThat(read.json()).isEqualTo(third);
    administrator.with("If-Match", read.header("ETag")).put(actionPath, rules("ALLOW")).expect(200);
    assertThat(state("ana", "")).isEqualTo("ALLOW");
    assertThat(Simultaneously.call(8, i -> administrator.put(actionPath, rules("ALLOW")).status()))
        .containsOnly(200);
    assertThat(administrator.get(actionPath).expect(200).json().getInt("version")).isEqualTo(12);
    assertThat(administrator.get(companyPath + "/challenge-actions").expect(200).jsonArray())
        .hasSize(1);
  }

  @Test
  @DisplayName("can be tried on what was attempted, and change nothing by it")
  void dryRun() {
    put(rules("ALLOW"));
    String from = Instant.now().minusSeconds(60).toString();
    track("ana", "\"idempotencyKey\":\"1\",\"ipAddress\":\"203.0.113.7\"," + BERLIN);
    track("ana", "\"idempotencyKey\":\"2\",\"ipAddress\":\"203.0.113.7\"," + BERLIN);
    track("ana", "\"idempotencyKey\":\"3\"," + NEW_YORK);
    track("ben", "");
    String period = "\"from\":\"%s\",\"to\":\"%s\"".formatted(from, Instant.now().plusSeconds(60));
    String tried =
        rules(
                "CHALLENGE",
                rule("travel", "\"impossibleTravel\":true", "BLOCK"),
                rule("known", "\"newCountry\":false", "ALLOW"))
            .replaceFirst("\\{", "{" + period + ",");
    JsonObject simulated = administrator.post(actionPath + "/simulate", tried).expect(200).json();
    assertThat(simulated.getInt("attempts")).isEqualTo(4);
    assertThat(simulated.getJsonObject("was").getInt("ALLOW")).isEqualTo(4);
    assertThat(simulated.getJsonObject("outcomes").getInt("ALLOW")).isEqualTo(1);
    assertThat(simulated.getJsonObject("outcomes").getInt("BLOCK")).isEqualTo(1);
    assertThat(simulated.getJsonObject("outcomes").getInt("CHALLENGE")).isEqualTo(2);
    assertThat(simulated.getInt("changed")).isEqualTo(3);
    JsonObject travelled = simulated.getJsonArray("differences").getJsonObject(1);
    assertThat(travelled.getString("userId")).isEqualTo("ana");
    assertThat(travelled.getString("idempotencyKey")).isEqualTo("3");
    assertThat(travelled.getString("was")).isEqualTo("ALLOW");
    assertThat(travelled.getString("outcome")).isEqualTo("BLOCK");
    assertThat(travelled.getString("ruleId")).hasSize(36);
    assertThat(state("ana", BERLIN)).as("as before").isEqualTo("ALLOW");
    Problems.expect(
        administrator.post(actionPath + "/simulate", rules("ALLOW")), 400, "malformed-request");
    Problems.expect(
        administrator.post(
            actionPath + "/simulate",
            "{\"defaultOutcome\":\"ALLOW\",\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-05-01T00:00:00Z\"}"),
        422,
        "impossible-request");
    Problems.expect(
        TestCompany.create().ownAdministrator().post(actionPath + "/simulate", tried),
        404,
        "not-found");
  }

  @Test
  @DisplayName("can be tried on more attempts than are read at once, each of many at the same time")
  void dryRunOverMany() {
    int many = 1_100;
    put(rules("CHALLENGE"));
    Instant from = Instant.now().minusSeconds(60);
    track("ana", "");
    assertThat(
            Simultaneously.call(
                11,
                i -> {
                  for (int n = 0; n < many / 11; n++) {
                    raw.post("/authsignal/v1/users/ana/actions/auth0-login", "{}").expect(200);
                  }
                  return i;
                }))
        .hasSize(11);
    JsonObject simulated =
        administrator
            .post(
                actionPath + "/simulate",
                "{\"defaultOutcome\":\"ALLOW\",\"from\":\"%s\",\"to\":\"%s\"}"
                    .formatted(from, from.plusSeconds(600)))
            .expect(200)
            .json();
    assertThat(simulated.getInt("attempts")).isEqualTo(many + 1);
    assertThat(simulated.getInt("changed")).isEqualTo(many + 1);
    assertThat(simulated.getJsonArray("differences")).hasSize(100);
  }

  @Test
  @DisplayName("name no groups but the company's own")
  void groups() {
    String group = "11111111-1111-4111-8111-111111111111";
    HttpCalls.Answer refused =
        administrator.put(
            actionPath,
            rules(
                "ALLOW",
                rule("known", "\"newDevice\":true", "ALLOW"),
                rule("lost", "\"groups\":[\"" + group + "\"]", "BLOCK")));
    Problems.expect(refused, 422, "impossible-request");
    assertThat(refused.text()).contains("\"/rules/1\"", group);
    Problems.expect(administrator.get(actionPath), 404, "not-found");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {} | /defaultOutcome
          {"defaultOutcome":"MAYBE"} | /defaultOutcome
          {"defaultOutcome":"ALLOW","rules":{}} | /rules
          {"defaultOutcome":"ALLOW","rules":[{"name":"r","when":{"newDevise":true},"outcome":"ALLOW"}]} | /rules/0/when/newDevise
          {"defaultOutcome":"ALLOW","rules":[{"name":"r","outcome":"ALLOW"}]} | /rules/0
          """)
  @DisplayName("are refused with where they are wrong")
  void refused(String body, String pointer) {
    HttpCalls.Answer refused = administrator.put(actionPath, body);
    Problems.expect(refused, 400, "malformed-request");
    assertThat(refused.text()).contains("\"" + pointer + "\"");
    Problems.expect(administrator.get(actionPath), 404, "not-found");
  }

  @Test
  @DisplayName("are a company's own")
  void reach() {
    put(rules("ALLOW"));
    HttpCalls other = TestCompany.create().ownAdministrator();
    Problems.expect(other.get(actionPath), 404, "not-found");
    Problems.expect(other.get(actionPath + "/versions"), 404, "not-found");
    Problems.expect(other.put(actionPath, rules("BLOCK")), 404, "not-found");
    assertThat(state("ana", "")).isEqualTo("ALLOW");
  }
}
