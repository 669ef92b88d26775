package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.drawbridge.testing.Await;
import org.drawbridge.testing.DomainToken;
import org.drawbridge.testing.HttpCalls;
import org.drawbridge.testing.HttpCalls.Answer;
import org.drawbridge.testing.NetworkLink;
import org.drawbridge.testing.Postgres;
import org.drawbridge.testing.RunningServer;
import org.drawbridge.testing.SharedServer;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.drawbridge.testing.TestDatabase;
import org.drawbridge.testing.TestPolicies;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("While the database cannot be reached")
class DatabaseOutageIT {

  private static final Duration RECOVERY = Duration.ofSeconds(60);

  private static Map<String, String> direct;
  private static NetworkLink link;
  private static RunningServer server;
  private static HttpCalls platform;
  private static TestApplication strict;
  private static TestApplication allowing;
  private static TestApplication denying;

  @BeforeAll
  static void start() {
    assumeTrue(SharedServer.isOnPostgres(), "The embedded database cannot be cut off");
    direct = Postgres.shared().newDatabase();
    Map<String, String> settings = new HashMap<>(direct);
    link = new NetworkLink(Postgres.shared().port());
    settings.computeIfPresent(
        "DRAWBRIDGE_DB_URL",
        (name, url) -> url.replace(":" + Postgres.shared().port() + "/", ":" + link.port() + "/"));
    server = RunningServer.start(settings);
    platform = server.calls().bearer(RunningServer.BOOTSTRAP_TOKEN);
    TestCompany company = TestCompany.create(platform);
    strict = company.application("https://strict.example.com", "");
    allowing = company.application("https://allow.example.com", ",\"onFailure\":\"ALLOW\"");
    denying = company.application("https://deny.example.com", ",\"onFailure\":\"DENY\"");
    for (TestApplication application : new TestApplication[] {strict, allowing, denying}) {
      application.account("ana");
      check(application).expect(200);
    }
  }

  @AfterEach
  void mend() {
    link.mend();
    assertThat(Await.until(RECOVERY, () -> check(strict).status() == 200)).isTrue();
    assertThat(Await.until(RECOVERY, () -> server.calls().isUp("/health/ready"))).isTrue();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
      link.close();
    }
  }

  @Test
  @DisplayName(
      "a check is answered 503 with Retry-After within its time budget, never with a guess")
  void cut() {
    link.cut();
    assertUnavailable();
  }

  @Test
  @DisplayName("the same holds when it hangs instead of refusing")
  void silent() {
    link.silence();
    assertUnavailable();
  }

  @Test
  @DisplayName("a check of an application that chose an answer for this gets it, as 200")
  void chosenAnswer() {
    link.cut();
    assertThat(check(allowing).expect(200).json().getBoolean("locked")).isFalse();
    assertThat(check(denying).expect(200).json().getBoolean("locked")).isTrue();
  }

  @Test
  @DisplayName("so does a check that names its account otherwise, in time even where it hangs")
  void namedOtherwise() {
    String allowed = userToken(allowing);
    String refused = userToken(strict);
    link.silence();
    long start = System.nanoTime();
    assertThat(lockCheck(allowing, "nl3UserToken", allowed).expect(200).json().getBoolean("locked"))
        .isFalse();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(3500));
    assertThat(lockCheck(denying, "userAccountId", "ana").expect(200).json().getBoolean("locked"))
        .isTrue();
    assertThat(lockCheck(strict, "nl3UserToken", refused).expect(503).problem())
        .isEqualTo("check-not-recorded");
  }

  @Test
  @DisplayName("the same holds for an application that the node was never asked about")
  void firstCheck() {
    TestApplication unknown = strict.company().application("https://new.example.com", "");
    unknown.account("ana");
    link.silence();
    long start = System.nanoTime();
    Answer answer = check(unknown);
    assertThat(answer.status()).as(answer.text()).isEqualTo(503);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(3500));
  }

  private static String userToken(TestApplication application) {
    return server
        .calls()
        .with("x-nl3-authorization-token", DomainToken.of(application, "ana").compact())
        .post("/nl3/api/v1/sdk/enableUser")
        .expect(200)
        .json()
        .getString("nl3UserToken");
  }

  private static Answer lockCheck(TestApplication application, String member, String value) {
    return server
        .calls()
        .with("x-nl3-authorization-token", DomainToken.of(application, "ana").compact())
        .post("/nl3/api/v1/sdk/accountLockCheck", "{\"%s\":\"%s\"}".formatted(member, value));
  }

  @Test
  @DisplayName("the node is alive but not ready, and management calls answer 503")
  void notReady() {
    link.cut();
    assertThat(server.calls().get("/health/live").status()).isEqualTo(200);
    assertThat(Await.until(RECOVERY, () -> server.calls().get("/health/ready").status() == 503))
        .isTrue();
    Answer answer = platform.get("/api/v1/companies");
    assertThat(answer.status()).as(answer.text()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isNotEmpty();
  }

  @Test
  @DisplayName("what timers do goes on after it, though each of them has failed again and again")
  void timers() {
    String failed = "event=timer.failed timer=PolicyTimer";
    link.cut();
    // A server tries a timer that threw once more, some seconds later, and then gives it up.
    assertThat(Await.until(RECOVERY, () -> server.log().split(failed, -1).length > 45)).isTrue();
    mend();
    HttpCalls calls = server.calls().with("x-nl3-api-token", strict.company().apiKey());
    String rows = "[" + "{},".repeat(1_000) + "{}]";
    Answer accepted = calls.post("/nl3/api/v1/sdk/importUsers", rows).expect(202);
    String location = accepted.json().getString("location");
    assertThat(Await.until(RECOVERY, () -> calls.get(location).status() == 200)).isTrue();
    assertThat(server.log()).doesNotContain("timer_exceeded_max_deliveries");
  }

  @Test
  @DisplayName("policies that are being carried out wait for its end together, and then act")
  void policies() throws SQLException {
    TestCompany company = TestCompany.create(platform);
    TestApplication application = company.application();
    TestPolicies policies = TestPolicies.of(company);
    List<String> accounts = List.of(application.account("ana"), application.account("ben"));
    // Late enough for both policies to be written before.
    Instant due = Instant.now().plusSeconds(3);
    for (String account : List.of("ana", "ben")) {
      String policy =
          policies.create(
              "\"policyType\":\"SCHEDULED\",\"scheduledAction\":\"LOCK\","
                  + "\"frequencyOfAction\":\"DAILY\",\"scheduleDateTime\":\""
                  + due
                  + "\"");
      policies.addMember(policy, account);
    }
    try (Connection connection = Postgres.connect(direct);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("lock table policy_holds in access exclusive mode");
      String waiting = "select count(*) from pg_locks where not granted";
      assertThat(new TestDatabase(direct).comesTo(1, waiting, RECOVERY)).isTrue();
      link.cut();
      connection.rollback();
    }
    assertThat(Await.until(RECOVERY, () -> server.log().contains("timer=PolicyTimer"))).isTrue();
    mend();
    assertThat(Await.until(RECOVERY, () -> accounts.stream().allMatch(policies::isLocked)))
        .isTrue();
    // It was the database, and none of them was tried by itself.
    assertThat(server.log()).doesNotContain("event=policy.chunk-failed");
  }

  private static void assertUnavailable() {
    long start = System.nanoTime();
    Answer answer = check(strict);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertThat(answer.status()).as(answer.text()).isEqualTo(503);
    assertThat(answer.problem()).isEqualTo("check-not-recorded");
    assertThat(answer.header("Retry-After")).isEqualTo("1");
    assertThat(took).isLessThan(Duration.ofMillis(3500));
  }

  private static Answer check(TestApplication application) {
    return server
        .calls()
        .with("x-nl3-authorization-token", DomainToken.of(application, "ana").compact())
        .post("/v1/AccountProtectionCheck", "{}");
  }
}
