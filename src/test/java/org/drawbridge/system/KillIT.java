package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.drawbridge.testing.Await;
import org.drawbridge.testing.HttpCalls;
import org.drawbridge.testing.HttpCalls.Answer;
import org.drawbridge.testing.Postgres;
import org.drawbridge.testing.RunningServer;
import org.drawbridge.testing.SharedServer;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A server killed in the middle of 10,000 checks")
class KillIT {

  private static final int CHECKS = 10_000;
  private static final int CLIENTS = 8;
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int ONE_TIME_UNLOCKS = 40;
  private static final int CHECKS_BETWEEN_UNLOCKS = CHECKS / 2 / ONE_TIME_UNLOCKS;

  private final Set<String> answered = ConcurrentHashMap.newKeySet();
  private final Set<Integer> usedUp = ConcurrentHashMap.newKeySet();
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger unanswered = new AtomicInteger();
  private final Map<String, String> settings = new HashMap<>();
  private volatile boolean killed;
  private TestApplication application;
  private String ana;

  @Test
  @DisplayName("has every check that it answered on record, and gives no used-up unlock back")
  void losesNothing(@TempDir Path folder) throws InterruptedException {
    settings.put("HTTP_PORT", Integer.toString(RunningServer.freePort()));
    settings.put("DRAWBRIDGE_DATA_DIR", folder.toString());
    settings.put("DRAWBRIDGE_DB_URL", "");
    if (SharedServer.isOnPostgres()) {
      settings.putAll(Postgres.shared().newDatabase());
    }
    try (RunningServer server = RunningServer.start(settings)) {
      addAccounts(server);
      ExecutorService clients = Executors.newFixedThreadPool(CLIENTS + 1);
      for (int i = 0; i < CLIENTS; i++) {
        clients.execute(this::check);
      }
      clients.execute(this::useUnlocksUp);
      clients.shutdown();
      boolean midway =
          Await.until(PATIENCE, () -> answered.size() >= CHECKS / 2 || clients.isTerminated());
      server.kill();
      killed = true;
      assertThat(midway).as("%d answered, %d not", answered.size(), unanswered.get()).isTrue();
      assertThat(clients.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }
    assertThat(answered.size()).isBetween(CHECKS / 2, CHECKS - 1);
    assertThat(usedUp).hasSizeGreaterThan(ONE_TIME_UNLOCKS / 2);

    try (RunningServer again = RunningServer.start(settings)) {
      Set<String> recorded = recorded(platform(again));
      assertThat(recorded).containsAll(answered);
      // Besides these only what was recorded and could not be answered any more.
      assertThat(recorded.size() - answered.size()).isBetween(0, unanswered.get());
      assertThat(usedUp).allSatisfy(i -> assertThat(application.isLocked("once-" + i)).isTrue());
    }
  }

  private static HttpCalls platform(RunningServer server) {
    return server.calls().bearer(RunningServer.BOOTSTRAP_TOKEN);
  }

  private void addAccounts(RunningServer server) {
    TestCompany company = TestCompany.create(platform(server));
    application = company.application();
    ana = application.account("ana");
    String user = company.user(",\"autoLockOnAttempt\":true");
    for (int i = 0; i < ONE_TIME_UNLOCKS; i++) {
      application.account("once-" + i, ",\"userId\":\"" + user + "\"");
    }
  }

  /** One client: a fresh token for each check, until all are begun or the server is gone. */
  private void check() {
    while (!killed && begun.getAndIncrement() < CHECKS) {
      try {
        Answer answer = application.check("ana").expect(200);
        answered.add(answer.json().getString("sessionID"));
      } catch (UncheckedIOException | AssertionError e) {
        unanswered.incrementAndGet();
      }
    }
  }

  /** Spends one-time unlocks between the other checks, one after another. */
  private void useUnlocksUp() {
    for (int i = 0; i < ONE_TIME_UNLOCKS && !killed; i++) {
      int enough = i * CHECKS_BETWEEN_UNLOCKS;
      Await.until(PATIENCE, () -> killed || answered.size() >= enough);
      try {
        if (!application.isLocked("once-" + i)) {
          usedUp.add(i);
        }
      } catch (UncheckedIOException | AssertionError e) {
        // Whether this one was used up, nobody was told.
      }
    }
  }

  private Set<String> recorded(HttpCalls platform) {
    List<String> sessions = new ArrayList<>();
    boolean last = false;
    for (int number = 0; !last; number++) {
      JsonObject page =
          platform
              .get("/api/v1/accounts/" + ana + "/checks?pageSize=200&page=" + number)
              .expect(200)
              .json();
      page.getJsonArray("items").getValuesAs(JsonObject.class).stream()
          .map(check -> check.getString("sessionID"))
          .forEach(sessions::add);
      last = page.getBoolean("last");
    }
    assertThat(sessions).doesNotHaveDuplicates();
    return new HashSet<>(sessions);
  }
}
