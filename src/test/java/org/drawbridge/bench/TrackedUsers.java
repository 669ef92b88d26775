package org.drawbridge.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.drawbridge.testing.ChallengeClient;
import org.drawbridge.testing.HttpCalls;
import org.drawbridge.testing.Postgres;
import org.drawbridge.testing.RunningServer;
import org.drawbridge.testing.TestCompany;

/** People whose logins are tracked, each enrolled with an address, under a rule that fits none. */
final class TrackedUsers {

  private static final String PATH = "/authsignal/v1/users/";

  private final Random random = new Random(11);
  private final String credential;
  private final int count;

  private TrackedUsers(String credential, int count) {
    this.credential = credential;
    this.count = count;
  }

  /**
   * @param database empty for the embedded one, which nobody else can open
   */
  static TrackedUsers enrolled(
      RunningServer server, TestCompany company, Map<String, String> database, int count)
      throws SQLException {
    ChallengeClient client = ChallengeClient.of(company, server.url());
    company
        .administrator()
        .put(
            "/api/v1/companies/" + company.id() + "/challenge-actions/auth0-login",
            "{\"defaultOutcome\":\"CHALLENGE\",\"rules\":[{\"name\":\"office\","
                + "\"when\":{\"ipRanges\":[\"203.0.113.0/24\"]},\"outcome\":\"ALLOW\"}]}")
        .expect(200);
    if (database.isEmpty()) {
      HttpCalls calls = client.raw();
      for (int i = 1; i <= count; i++) {
        calls
            .post(
                PATH + "user-" + i + "/authenticators",
                "{\"verificationMethod\":\"EMAIL_OTP\",\"email\":\"user-" + i + "@example.com\"}")
            .expect(200);
      }
    } else {
      insert(company, database, count);
    }
    return new TrackedUsers(ChallengeClient.basic(client.secret() + ":"), count);
  }

  private static void insert(TestCompany company, Map<String, String> database, int count)
      throws SQLException {
    try (Connection connection = Postgres.connect(database);
        PreparedStatement users =
            connection.prepareStatement(
                """
                insert into challenge_users (company_id, id, user_id, email, email_verified,
                  phone_verified, custom, countries, created_at, version)
                select ?, gen_random_uuid(), 'user-' || n, 'user-' || n || '@example.com', true,
                  false, '{}', '', now(), 0
                from generate_series(1, ?) n
                """);
        PreparedStatement authenticators =
            connection.prepareStatement(
                """
                insert into authenticators (company_id, id, user_id, verification_method, recipient,
                  last_step, created_at, last_verified_at, version)
                select company_id, gen_random_uuid(), id, 'EMAIL_OTP', email, 0, now(), now(), 0
                from challenge_users where company_id = ?
                """)) {
      users.setObject(1, UUID.fromString(company.id()));
      users.setInt(2, count);
      users.executeUpdate();
      authenticators.setObject(1, UUID.fromString(company.id()));
      authenticators.executeUpdate();
      connection.createStatement().execute("vacuum analyze challenge_users, authenticators");
    }
  }

  /** One of them logs in, as Auth0's helper tells it. */
  Supplier<byte[]> logins() {
    return () -> {
      int n = 1 + random.nextInt(count);
      String body =
          "{\"email\":\"user-"
              + n
              + "@example.com\",\"ipAddress\":\"192.0.2.17\","
              + "\"userAgent\":\"Mozilla/5.0 (X11; Linux x86_64)\",\"custom\":{}}";
      return ("POST "
              + PATH
              + "user-"
              + n
              + "/actions/auth0-login HTTP/1.1\r\nHost: localhost\r\n"
              + "Content-Type: application/json\r\nAccept: application/json\r\nAuthorization: Basic "
              + credential
              + "\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n"
              + body)
          .getBytes(UTF_8);
    };
  }

  /** The answer is a challenge. */
  static boolean isRight(String body) {
    return body.contains("\"state\":\"CHALLENGE_REQUIRED\"")
        && body.contains("\"isEnrolled\":true");
  }
}
