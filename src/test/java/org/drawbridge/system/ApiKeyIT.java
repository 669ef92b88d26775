package org.drawbridge.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.drawbridge.testing.DomainToken;
import org.drawbridge.testing.HttpCalls.Answer;
import org.drawbridge.testing.Problems;
import org.drawbridge.testing.SharedServer;
import org.drawbridge.testing.TestCompany;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An API key")
class ApiKeyIT {

  private static final String HEADER = "x-nl3-api-token";
  private static final String HS256 = "{\"alg\":\"HS256\"}";

  private final TestCompany company = TestCompany.create();
  private final String key = company.apiKey();

  @ParameterizedTest
  @DisplayName("is taken under both names of its header")
  @ValueSource(strings = {HEADER, "x-nl3-server-api-token", "X-NL3-API-TOKEN"})
  void headers(String header) {
    assertThat(call(header, key).status()).isEqualTo(200);
    assertThat(call(header, jwt(company.id(), key.getBytes(UTF_8))).status()).isEqualTo(200);
  }

  @Test
  @DisplayName("may sign a JWT instead, with its text or with the bytes its base64 stands for")
  void signs() {
    assertThat(call(HEADER, jwt(company.id(), key.getBytes(UTF_8))).status()).isEqualTo(200);
    assertThat(call(HEADER, jwt(company.id(), Base64.getDecoder().decode(key))).status())
        .isEqualTo(200);
  }

  @Test
  @DisplayName("signs for its own company alone")
  void foreign() {
    TestCompany other = TestCompany.create();
    refused(jwt(other.id(), key.getBytes(UTF_8)));
    refused(jwt(UUID.randomUUID().toString(), key.getBytes(UTF_8)));
    refused(jwt("no-id", key.getBytes(UTF_8)));
    refused(jwt(company.id(), other.apiKey().getBytes(UTF_8)));
  }

  @Test
  @DisplayName("signs for as long as the JWT says, or for as long as the key itself is good")
  void lifetime() {
    long now = Instant.now().getEpochSecond();
    byte[] secret = key.getBytes(UTF_8);
    String begin = "{\"iss\":\"" + company.id() + "\"";
    for (String times :
        new String[] {"", ",\"exp\":" + (now + 31_536_000), ",\"iat\":" + now, ",\"nbf\":0"}) {
      assertThat(call(HEADER, DomainToken.sign(HS256, begin + times + "}", secret)).status())
          .as(times)
          .isEqualTo(200);
    }
    for (String times :
        new String[] {
          ",\"exp\":" + (now - 120),
          ",\"exp\":null",
          ",\"exp\":\"" + (now + 300) + "\"",
          ",\"exp\":1e999999999",
          ",\"iat\":" + (now + 120),
          ",\"nbf\":" + (now + 120)
        }) {
      refused(DomainToken.sign(HS256, begin + times + "}", secret));
    }
  }

  @Test
  @DisplayName("signs under the rules of tokens: HS256, not expired, no crit")
  void rules() {
    long now = Instant.now().getEpochSecond();
    byte[] secret = key.getBytes(UTF_8);
    String good = claims(company.id(), now + 300);
    refused(DomainToken.sign("{\"alg\":\"none\"}", good, secret));
    refused(DomainToken.sign("{\"alg\":\"HS512\"}", good, secret));
    refused(DomainToken.sign("{\"alg\":\"HS256\",\"crit\":[]}", good, secret));
    refused(DomainToken.sign(HS256, claims(company.id(), now - 120), secret));
    refused(DomainToken.sign(HS256, good, secret) + "=");
  }

  @Test
  @DisplayName("that is none is refused, and one that is missing differs by the type alone")
  void garbage() {
    Answer refused = refused("garbage");
    refused(key.substring(1));
    refused((key.charAt(0) == 'A' ? "B" : "A") + key.substring(1));
    refused(key.substring(0, key.length() - 1) + (key.endsWith("A") ? "B" : "A"));
    refused("A".repeat(key.length()));
    refused(key + key);
    Answer missing =
        Problems.expect(
            SharedServer.anonymous().post("/nl3/api/v1/sdk/importUsers", "[]"),
            401,
            "credential-missing");
    assertThat(missing.header("WWW-Authenticate"))
        .isNotBlank()
        .isEqualTo(refused.header("WWW-Authenticate"));
    assertThat(missing.json().getString("detail")).isEqualTo(refused.json().getString("detail"));
  }

  @Test
  @DisplayName("is refused once revoked, and so is what it signed; other keys of the company go on")
  void revoked() {
    String path = "/api/v1/companies/" + company.id() + "/api-keys";
    var issued = company.administrator().post(path, "{\"name\":\"old\"}").expect(201).json();
    String old = issued.getString("key");
    assertThat(call(HEADER, old).status()).isEqualTo(200);
    company.administrator().delete(path + "/" + issued.getString("id")).expect(204);
    refused(old);
    refused(jwt(company.id(), old.getBytes(UTF_8)));
    assertThat(call(HEADER, key).status()).isEqualTo(200);
    assertThat(call(HEADER, jwt(company.id(), key.getBytes(UTF_8))).status()).isEqualTo(200);
  }

  @Test
  @DisplayName("is shown once, when it is issued, and never in the log")
  void shownOnce() {
    String path = "/api/v1/companies/" + company.id() + "/api-keys";
    Answer listed = company.administrator().get(path).expect(200);
    var entry = listed.jsonArray().getJsonObject(0);
    assertThat(entry.keySet()).contains("id", "name", "createdDate").doesNotContain("key");
    assertThat(entry.getString("name")).isEqualTo("test");
    Answer refused = refused(key.substring(1));
    assertThat(listed.text()).doesNotContain(key);
    String log = SharedServer.get().log();
    assertThat(log).contains(refused.header("X-Correlation-Id"));
    assertThat(log.contains(key.substring(1))).isFalse();
  }

  @Test
  @DisplayName("can be issued without a name or body")
  void unnamed() {
    String path = "/api/v1/companies/" + company.id() + "/api-keys";
    String unnamed = company.administrator().post(path).expect(201).json().getString("key");
    assertThat(call(HEADER, unnamed).status()).isEqualTo(200);
  }

  @Test
  @DisplayName("is no administrator's token, and the other way round")
  void otherCredentials() {
    assertThat(
            SharedServer.anonymous().bearer(key).get("/api/v1/companies/" + company.id()).status())
        .isEqualTo(401);
    refused("bootstrap-token-for-tests");
  }

  private static Answer call(String header, String token) {
    return SharedServer.anonymous().with(header, token).post("/nl3/api/v1/sdk/importUsers", "[]");
  }

  private static Answer refused(String token) {
    Answer answer = Problems.expect(call(HEADER, token), 401, "credential-refused");
    assertThat(answer.text()).doesNotContain(token);
    return answer;
  }

  private static String jwt(String issuer, byte[] secret) {
    return DomainToken.sign(HS256, claims(issuer, Instant.now().getEpochSecond() + 300), secret);
  }

  private static String claims(String issuer, long expiry) {
    return "{\"iss\":\"" + issuer + "\",\"exp\":" + expiry + "}";
  }
}
