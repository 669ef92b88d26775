package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.drawbridge.testing.Await;
import org.drawbridge.testing.HttpCalls;
import org.drawbridge.testing.Problems;
import org.drawbridge.testing.RunningServer;
import org.drawbridge.testing.SharedServer;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.drawbridge.testing.TestDatabase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The chain that an activity log is")
class ActivityChainIT {

  private static final Duration SOON = Duration.ofSeconds(20);

  private final TestCompany company = TestCompany.create();
  private final HttpCalls calls = company.administrator();
  private final UUID id = UUID.fromString(company.id());
  private final String path = "/api/v1/companies/" + company.id() + "/activity/chain";

  @Test
  @DisplayName("has every entry, numbered from 1, as the activity log tells it")
  void everyEntry() {
    company.user("");
    company.apiKey();
    List<JsonObject> links = chained(3).getJsonArray("items").getValuesAs(JsonObject.class);
    List<JsonObject> entries =
        calls
            .get("/api/v1/companies/" + company.id() + "/activity")
            .expect(200)
            .json()
            .getJsonArray("items")
            .getValuesAs(JsonObject.class);
    assertThat(links).extracting(link -> link.getInt("number")).containsExactly(1, 2, 3);
    assertThat(links)
        .extracting(link -> link.getJsonObject("entry"))
        .containsExactly(entries.get(2), entries.get(1), entries.get(0));
    JsonObject page = calls.get(path + "?from=2&pageSize=1").expect(200).json();
    assertThat(page.getJsonArray("items")).containsExactly(links.get(1));
    assertThat(page.getInt("length")).isEqualTo(3);
    assertThat(page.getString("hash")).isEqualTo(links.get(2).getString("hash"));
  }

  @Test
  @DisplayName("catches up with what comes by the thousand, many bites each second")
  void many() {
    TestDatabase database = SharedServer.database();
    database.execute(
        "insert into activities (company_id, id, occurred_at, type, subject_id, actor, details)"
            + " select ?, gen_random_uuid(), now(), 'account-locked', gen_random_uuid(), 'many',"
            + " '{}' from generate_series(1, 3000)",
        id);
    chained(3001);
    assertThat(verification("").getBoolean("intact")).isTrue();
  }

  @Test
  @DisplayName("is verified by whoever computes SHA-256 over RFC 8785, whatever the entries say")
  void computedElsewhere() throws IOException, InterruptedException {
    TestApplication application = company.application();
    String account = application.account("ana");
    String reason = "lost \"phone\" at 7 €/h, a\\b </script> \u2028 \uD83D\uDE00 Überfall";
    calls
        .post(
            "/api/v1/accounts/" + account + "/lock",
            Json.createObjectBuilder().add("reason", reason).build().toString())
        .expect(200);
    JsonObject chain = chained(6);
    assertThat(chain.getJsonArray("items").getJsonObject(5).toString()).contains("Überfall");
    ProcessBuilder node = new ProcessBuilder("node", "src/docs/verify-activity-log.mjs");
    node.environment().put("SERVER", SharedServer.get().url().toString());
    node.environment().put("TOKEN", RunningServer.BOOTSTRAP_TOKEN);
    node.environment().put("COMPANY", company.id());
    Process process = node.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output.strip()).isEqualTo("6 " + chain.getString("hash"));
  }

  @Test
  @DisplayName("is verified by the server, from any number on")
  void verified() {
    company.user("");
    chained(2);
    assertVerified("", "{brokenAt: null, fault: null, from: 1, intact: true, next: null, to: 2}");
    assertVerified(
        "?from=2", "{brokenAt: null, fault: null, from: 2, intact: true, next: null, to: 2}");
    assertVerified(
        "?from=3", "{brokenAt: null, fault: null, from: 3, intact: true, next: null, to: 2}");
  }

  @Test
  @DisplayName("shows that an entry was altered, and which")
  void altered() {
    TestDatabase database = threeEntries();
    database.execute(
        "update activities set actor = 'nobody' where company_id = ? and number = 2", id);
    assertFault("ALTERED", 2);
    assertThat(calls.get(path + "/verification?from=3").expect(200).json().getBoolean("intact"))
        .isTrue();
  }

  @Test
  @DisplayName("shows that an entry was altered to what is no JSON")
  void alteredDetails() {
    threeEntries()
        .execute("update activities set details = '{' where company_id = ? and number = 3", id);
    assertFault("ALTERED", 3);
  }

  @Test
  @DisplayName("shows that an entry was removed, be it the last")
  void removed() {
    TestDatabase database = threeEntries();
    database.execute("delete from activities where company_id = ? and number = 3", id);
    assertFault("MISSING", 3);
    database.execute("delete from activities where company_id = ? and number = 1", id);
    assertFault("MISSING", 1);
  }

  @Test
  @DisplayName("shows that an entry was inserted")
  void inserted() {
    threeEntries()
        .execute(
            "insert into activities (company_id, id, occurred_at, type, subject_id, actor, details,"
                + " number, hash) select company_id, gen_random_uuid(), occurred_at, type,"
                + " subject_id, actor, details, number, hash from activities"
                + " where company_id = ? and number = 2",
            id);
    JsonObject verification = verification("");
    assertThat(verification.getBoolean("intact")).isFalse();
    assertThat(verification.getString("fault")).isEqualTo("ALTERED");
    assertThat(verification.getInt("brokenAt")).isBetween(2, 3);
  }

  @Test
  @DisplayName("does not end where somebody without the master key says, and grows no more then")
  void headAltered() {
    TestDatabase database = threeEntries();
    database.execute("delete from activities where company_id = ? and number = 3", id);
    database.execute(
        "update activity_chains set length = 2, hash = (select hash from activities"
            + " where company_id = ? and number = 2) where company_id = ?",
        id,
        id);
    assertFault("HEAD", null);
    assertGrowsNoMore(2);
  }

  @Test
  @DisplayName("does not begin anew where somebody has removed its head")
  void headRemoved() {
    TestDatabase database = threeEntries();
    database.execute("delete from activity_chains where company_id = ?", id);
    assertFault("HEAD", null);
    assertGrowsNoMore(3);
  }

  @Test
  @DisplayName("is another company's secret")
  void foreign() {
    HttpCalls foreign = TestCompany.create().ownAdministrator();
    Problems.expect(foreign.get(path), 404, "not-found");
    Problems.expect(foreign.get(path + "/verification"), 404, "not-found");
    Problems.expect(SharedServer.anonymous().get(path), 401, "credential-missing");
    Problems.expect(
        SharedServer.anonymous().get(path + "/verification"), 401, "credential-missing");
  }

  @ParameterizedTest
  @DisplayName("is not read from a number that is none")
  @ValueSource(strings = {"0", "-1", "x", "", "1.5", "2147483648", "99999999999999999999"})
  void badNumber(String from) {
    Problems.expect(calls.get(path + "?from=" + from), 400, "malformed-request");
    Problems.expect(calls.get(path + "/verification?from=" + from), 400, "malformed-request");
  }

  private TestDatabase threeEntries() {
    TestDatabase database = SharedServer.database();
    company.user("");
    company.apiKey();
    chained(3);
    return database;
  }

  /** Waits until that many entries are chained. */
  private JsonObject chained(int length) {
    assertThat(Await.until(SOON, () -> chain().getInt("length") == length)).isTrue();
    return chain();
  }

  private JsonObject chain() {
    return calls.get(path + "?pageSize=100").expect(200).json();
  }

  private JsonObject verification(String query) {
    return calls.get(path + "/verification" + query).expect(200).json();
  }

  private void assertVerified(String query, String expected) {
    assertThat(verification(query).toString())
        .isEqualTo(expected.replaceAll("(\\w+): ", "\"$1\":").replace(", ", ","));
  }

  private void assertFault(String fault, Integer brokenAt) {
    JsonObject verification = verification("");
    assertThat(verification.getBoolean("intact")).isFalse();
    assertThat(verification.getString("fault")).isEqualTo(fault);
    if (brokenAt == null) {
      assertThat(verification.isNull("brokenAt")).isTrue();
    } else {
      assertThat(verification.getInt("brokenAt")).isEqualTo(brokenAt);
    }
  }

  /** A company that is chained after it tells that this one had its turn, too. */
  private void assertGrowsNoMore(int chained) {
    company.user("");
    TestCompany other = TestCompany.create();
    String otherPath = "/api/v1/companies/" + other.id() + "/activity/chain";
    for (int i = 1; i <= 2; i++) {
      int length = i;
      assertThat(
              Await.until(
                  SOON, () -> calls.get(otherPath).expect(200).json().getInt("length") == length))
          .isTrue();
      other.user("");
    }
    assertThat(chain().getJsonArray("items")).hasSize(chained);
  }
}
