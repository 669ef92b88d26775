package org.drawbridge.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.drawbridge.testing.Await;
import org.drawbridge.testing.DomainToken;
import org.drawbridge.testing.RunningServer;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestDatabase;

/**
 * Checks that come at a steady pace while the server does something else, and how they fare.
 *
 * @param prefix accounts are checked that are named so, and numbered from 1
 */
record SteadyChecks(
    RunningServer server,
    TestDatabase database,
    TestApplication application,
    String prefix,
    int accounts) {

  static final int PER_SECOND = 500;

  /** How long some work took, and how checks fared meanwhile. */
  record Phase(Duration taken, Load.Result checks) {

    void print(PrintStream out, String name) {
      out.printf(
          "%-18s %6.1f s; checks meanwhile: %.0f/s, p50 %.1f, p99 %.1f, max %.1f ms, wrong %d%n",
          name,
          taken.toMillis() / 1e3,
          checks.perSecond(),
          checks.percentileMillis(0.5),
          checks.percentileMillis(0.99),
          checks.percentileMillis(1),
          checks.wrong());
    }
  }

  /** Fails where a check that was answered left no record, as one that is sent again does. */
  Phase during(Runnable work) throws Exception {
    long recorded = recorded();
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Load.Result> checks = CompletableFuture.supplyAsync(() -> until(done));
    Instant start = Instant.now();
    work.run();
    Duration taken = Duration.between(start, Instant.now());
    done.set(true);
    Phase phase = new Phase(taken, checks.get());
    long added = recorded() - recorded;
    if (added != phase.checks().answered()) {
      throw new AssertionError(added + " records of " + phase.checks().answered() + " checks");
    }
    return phase;
  }

  void warmUp() throws Exception {
    during(() -> Await.pass(Duration.ofSeconds(Integer.getInteger("bench.warmup", 60))));
  }

  private long recorded() {
    return database.count("select count(*) from protection_checks");
  }

  private Load.Result until(AtomicBoolean done) {
    try {
      return new Load(server.port(), 32, requests(), b -> b.startsWith("{\"locked\""), false)
          .atPace(PER_SECOND)
          .run(Duration.ofMinutes(10), done::get);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Supplier<byte[]> requests() throws GeneralSecurityException {
    Random random = new Random();
    DomainToken.Signer signer = DomainToken.signer(application);
    return () -> {
      String claims =
          "{\"iss\":\"%s\",\"aud\":\"localhost\",\"sub\":\"%s%d\",\"exp\":%d,\"jti\":\"%s\"}"
              .formatted(
                  application.url(),
                  prefix,
                  1 + random.nextInt(accounts),
                  System.currentTimeMillis() / 1000 + 300,
                  new UUID(random.nextLong(), random.nextLong()));
      return ("POST /v1/AccountProtectionCheck HTTP/1.1\r\nHost: localhost\r\n"
              + "Content-Type: application/json\r\nx-nl3-authorization-token: "
              + signer.sign(claims)
              + "\r\nContent-Length: 2\r\n\r\n{}")
          .getBytes(UTF_8);
    };
  }
}
