package org.drawbridge.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.drawbridge.testing.Await;
import org.drawbridge.testing.Loopback;
import org.drawbridge.testing.Postgres;
import org.drawbridge.testing.RunningServer;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.drawbridge.testing.TestDatabase;

/**
 * Measures how one node on PostgreSQL drains its outbox, half mail and half webhooks, while checks
 * go on; and how checks fare meanwhile and without it.
 */
public final class OutboxBenchmark {

  private static final int MESSAGES = Integer.getInteger("bench.messages", 100_000);
  private static final int ACCOUNTS = 10_000;
  private static final int BATCH = 1_000;

  private final PrintStream out = System.out;
  private final SecureRandom random = new SecureRandom();
  private final byte[] masterKey = new byte[32];
  private final TestDatabase database = new TestDatabase(Postgres.durable().newDatabase());
  private final AtomicInteger calls = new AtomicInteger();

  public static void main(String... arguments) throws Exception {
    new OutboxBenchmark().run();
    System.exit(0);
  }

  private void run() throws Exception {
    random.nextBytes(masterKey);
    SmtpSink mail = new SmtpSink();
    Map<String, String> settings = new HashMap<>(database.settings());
    settings.put("DRAWBRIDGE_MASTER_KEY", Base64.getEncoder().encodeToString(masterKey));
    settings.put("DRAWBRIDGE_SMTP_URL", "smtp://localhost:" + mail.port());
    settings.put("DRAWBRIDGE_PRIVATE_HOSTS", "localhost");
    try (RunningServer server = RunningServer.start(settings)) {
      TestCompany company =
          TestCompany.create(server.calls().bearer(RunningServer.BOOTSTRAP_TOKEN));
      TestApplication application = company.application();
      database.addAccounts(application, "account-", ACCOUNTS);
      String webhook =
          company
              .administrator()
              .post(
                  "/api/v1/companies/" + company.id() + "/webhooks",
                  "{\"url\":\"http://localhost:%d/\",\"types\":[\"never\"]}".formatted(sink()))
              .expect(201)
              .json()
              .getString("id");
      UUID companyId = UUID.fromString(company.id());
      add(companyId, "MAIL", "ana@example.com", "A subject\n" + "A line of text.\n".repeat(20));
      add(companyId, "WEBHOOK", webhook, "\n{\"type\":\"account-locked\",\"data\":{}}");
      SteadyChecks checks = new SteadyChecks(server, database, application, "account-", ACCOUNTS);
      checks.warmUp();
      SteadyChecks.Phase quiet = checks.during(() -> Await.pass(Duration.ofSeconds(30)));
      SteadyChecks.Phase draining = checks.during(this::drain);
      out.printf("%n%d messages, with %d checks/s going on%n", MESSAGES, SteadyChecks.PER_SECOND);
      quiet.print(out, "nothing to send");
      draining.print(out, "draining");
      out.printf("drained            %6.0f/s%n", MESSAGES * 1e3 / draining.taken().toMillis());
      require("mails", mail.mails());
      require("different mails", mail.different());
      require("webhook calls", calls.get());
    }
  }

  private int sink() {
    HttpServer server = Loopback.httpServer();
    server.setExecutor(Executors.newFixedThreadPool(8));
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          calls.incrementAndGet();
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    return server.getAddress().getPort();
  }

  /** Puts half of the messages down, for later. */
  private void add(UUID companyId, String channel, String recipient, String text)
      throws SQLException, GeneralSecurityException {
    try (Connection connection = Postgres.connect(database.settings());
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into outbox_messages (company_id, id, channel, kind, recipient, sealed,"
                    + " created_at, next_try_at, tries) values (?, ?, ?, 'bench', ?, ?, now(),"
                    + " now() + interval '1 hour', 0)")) {
      connection.setAutoCommit(false);
      for (int i = 1; i <= MESSAGES / 2; i++) {
        UUID id = UUID.randomUUID();
        insert.setObject(1, companyId);
        insert.setObject(2, id);
        insert.setString(3, channel);
        insert.setString(4, recipient);
        insert.setBytes(5, sealed(text, "outbox-message " + companyId + " " + id));
        insert.addBatch();
        if (i % BATCH == 0) {
          insert.executeBatch();
          connection.commit();
        }
      }
      insert.executeBatch();
      connection.commit();
    }
    database.execute("analyze outbox_messages");
  }

  /** As the server's vault seals: key id, nonce, ciphertext and tag. */
  private byte[] sealed(String text, String context) throws GeneralSecurityException {
    byte[] nonce = new byte[12];
    random.nextBytes(nonce);
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE, new SecretKeySpec(masterKey, "AES"), new GCMParameterSpec(128, nonce));
    cipher.updateAAD(context.getBytes(UTF_8));
    byte[] ciphertext = cipher.doFinal(text.getBytes(UTF_8));
    byte[] keyId =
        Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(masterKey), Integer.BYTES);
    return ByteBuffer.allocate(Integer.BYTES + nonce.length + ciphertext.length)
        .put(keyId)
        .put(nonce)
        .put(ciphertext)
        .array();
  }

  private void drain() {
    database.execute("update outbox_messages set next_try_at = now()");
    String waiting =
        "select count(*) from (select 1 from outbox_messages where next_try_at is not null limit 1) w";
    if (!database.comesTo(0, waiting, Duration.ofMinutes(15))) {
      throw new AssertionError("Not all messages were sent in time");
    }
    String sent = "select count(*) from outbox_messages where sent_at is not null";
    if (database.count(sent) != MESSAGES) {
      throw new AssertionError("Only " + database.count(sent) + " messages were sent");
    }
  }

  private void require(String what, int number) {
    if (number != MESSAGES / 2) {
      throw new AssertionError(what + ": " + number + " instead of " + MESSAGES / 2);
    }
  }
}
