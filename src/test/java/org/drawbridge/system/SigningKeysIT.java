package org.drawbridge.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.drawbridge.testing.Await;
import org.drawbridge.testing.HttpCalls;
import org.drawbridge.testing.HttpCalls.Answer;
import org.drawbridge.testing.Problems;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A signing key")
class SigningKeysIT {

  private final TestCompany company = TestCompany.create();
  private final TestApplication application = company.application();
  private final HttpCalls calls = company.administrator();
  private final String path = "/api/v1/applications/" + application.id() + "/signing-keys";

  @Test
  @DisplayName("is base64 of 32 bytes or more, made anew each time, and shown once")
  void issued() {
    JsonObject issued = calls.post(path).expect(201).json();
    assertThat(issued.keySet()).containsExactlyInAnyOrder("id", "key", "createdDate");
    String key = issued.getString("key");
    assertThat(Base64.getDecoder().decode(key)).hasSizeGreaterThanOrEqualTo(32);
    assertThat(key).isNotEqualTo(application.key());
    Answer list = calls.get(path).expect(200);
    assertThat(list.jsonArray()).hasSize(2);
    assertThat(list.text()).doesNotContain(key).doesNotContain(application.key());
    Problems.expect(calls.get(path + "/" + issued.getString("id")), 405, "method-not-allowed");
    String activity = calls.get("/api/v1/companies/" + company.id() + "/activity").text();
    assertThat(activity).contains("signing-key-added").doesNotContain(key);
  }

  @Test
  @DisplayName("is not handed out before the domain is validated")
  void beforeValidation() {
    String id =
        calls
            .post(
                "/api/v1/companies/" + company.id() + "/applications",
                "{\"name\":\"A\",\"url\":\"https://new.example.com\"}")
            .expect(201)
            .json()
            .getString("id");
    String keys = "/api/v1/applications/" + id + "/signing-keys";
    Problems.expect(calls.post(keys), 409, "domain-not-validated");
    assertThat(calls.get(keys).jsonArray()).isEmpty();
    calls
        .post("/api/v1/applications/" + id + "/validation", "{\"method\":\"ADMINISTRATOR\"}")
        .expect(200);
    calls.post(keys).expect(201);
  }

  @Test
  @DisplayName("can be brought along, and then signs as it did before")
  void brought() {
    String key =
        Base64.getEncoder()
            .encodeToString("a key that clients have had!".repeat(3).getBytes(UTF_8));
    JsonObject issued = calls.post(path, "{\"key\":\"" + key + "\"}").expect(201).json();
    assertThat(issued.getString("key")).isEqualTo(key);
    TestApplication moved = new TestApplication(company, application.id(), application.url(), key);
    assertThat(moved.check("ana").status()).isEqualTo(200);
    assertThat(application.check("ana").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @DisplayName("that is brought along has 32 bytes or more, in base64: else 422 names the member")
  @ValueSource(
      strings = {
        "",
        "AAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==",
        "not base64 not base64 not base64 not base64 not base64",
        "____________________________________________________--"
      })
  void tooShort(String key) {
    Answer answer = calls.post(path, "{\"key\":\"" + key + "\"}");
    Problems.expect(answer, 422, "impossible-request");
    assertThat(answer.wrongMembers()).containsExactly("/key");
    if (!key.isEmpty()) {
      assertThat(answer.text()).doesNotContain(key);
    }
    assertThat(calls.get(path).jsonArray()).hasSize(1);
  }

  @Test
  @DisplayName("that is no text is 400")
  void noText() {
    Answer answer = calls.post(path, "{\"key\":7}");
    Problems.expect(answer, 400, "malformed-request");
    assertThat(answer.wrongMembers()).containsExactly("/key");
  }

  @Test
  @DisplayName("stays in the list once revoked, and cannot be revoked where it is not")
  void revoked() {
    String id = calls.get(path).jsonArray().getJsonObject(0).getString("id");
    TestApplication sibling = company.application();
    Problems.expect(
        calls.delete("/api/v1/applications/" + sibling.id() + "/signing-keys/" + id),
        404,
        "not-found");
    Problems.expect(calls.delete(path + "/" + UUID.randomUUID()), 404, "not-found");
    assertThat(application.check("ana").status()).isEqualTo(200);
    calls.delete(path + "/" + id).expect(204);
    assertThat(application.check("ana").status()).isEqualTo(401);
    JsonObject listed = calls.get(path).jsonArray().getJsonObject(0);
    assertThat(Instant.parse(listed.getString("revokedDate"))).isBeforeOrEqualTo(Instant.now());
  }

  @Test
  @DisplayName("tells, before long, when it was last used")
  void lastUse() {
    Instant before = Instant.now().minusSeconds(1);
    calls.post(path).expect(201);
    application.check("ana").expect(200);
    assertThat(Await.until(Duration.ofSeconds(60), () -> !list().get(0).isNull("lastUsedDate")))
        .isTrue();
    assertThat(Instant.parse(list().get(0).getString("lastUsedDate")))
        .isBetween(before, Instant.now());
    assertThat(list().get(1).isNull("lastUsedDate")).as("the key that was not used").isTrue();
  }

  /** Oldest first. */
  private List<JsonObject> list() {
    return calls.get(path).expect(200).jsonArray().getValuesAs(JsonObject.class).stream()
        .sorted((a, b) -> a.getString("createdDate").compareTo(b.getString("createdDate")))
        .toList();
  }
}
