package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.UUID;
import org.drawbridge.testing.HttpCalls;
import org.drawbridge.testing.HttpCalls.Answer;
import org.drawbridge.testing.Problems;
import org.drawbridge.testing.SharedServer;
import org.drawbridge.testing.TestCompany;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A company")
class CompaniesIT {

  private final HttpCalls platform = SharedServer.platform();

  @Test
  @DisplayName("is added with a name, answered with its id, and found again")
  void added() {
    JsonObject added =
        platform.post("/api/v1/companies", "{\"name\":\"Ünïcode & Söhne 👩\"}").expect(201).json();
    assertThat(added.getString("name")).isEqualTo("Ünïcode & Söhne 👩");
    assertThat(Instant.parse(added.getString("createdDate"))).isBeforeOrEqualTo(Instant.now());
    assertThat(added.getString("createdDate")).endsWith("Z");
    String id = added.getString("id");
    assertThat(UUID.fromString(id)).isNotNull();
    assertThat(platform.get("/api/v1/companies/" + id).expect(200).json().getString("name"))
        .isEqualTo("Ünïcode & Söhne 👩");
  }

  @ParameterizedTest
  @DisplayName("has a name of 1 to 255 characters")
  @ValueSource(
      strings = {"{}", "{\"name\":null}", "{\"name\":\"\"}", "{\"name\":\" \"}", "{\"name\":7}"})
  void names(String body) {
    Answer answer = platform.post("/api/v1/companies", body);
    Problems.expect(answer, 400, "malformed-request");
    assertThat(answer.wrongMembers()).containsExactly("/name");
  }

  @Test
  @DisplayName("cannot have a longer name, nor one that cannot be stored")
  void longName() {
    platform.post("/api/v1/companies", "{\"name\":\"" + "n".repeat(255) + "\"}").expect(201);
    for (String name : new String[] {"n".repeat(256), "\\u0000", "\\ud800"}) {
      Answer answer = platform.post("/api/v1/companies", "{\"name\":\"" + name + "\"}");
      Problems.expect(answer, 400, "malformed-request");
      assertThat(answer.wrongMembers()).containsExactly("/name");
    }
  }

  @Test
  @DisplayName("is listed in pages")
  void listed() {
    TestCompany.create();
    TestCompany.create();
    JsonObject page = platform.get("/api/v1/companies?page=0&pageSize=1").expect(200).json();
    assertThat(page.getJsonArray("items")).hasSize(1);
    assertThat(page.getInt("totalItems")).isGreaterThanOrEqualTo(2);
    assertThat(page.getBoolean("first")).isTrue();
    assertThat(page.getBoolean("last")).isFalse();
    assertThat(page.getInt("pageSize")).isEqualTo(1);
    assertThat(page.getInt("currentPage")).isZero();
  }

  @ParameterizedTest
  @DisplayName("is not listed in pages that cannot be")
  @ValueSource(
      strings = {
        "page=-1",
        "page=x",
        "page=",
        "page=99999999999",
        "pageSize=0",
        "pageSize=201",
        "pageSize=1e1",
        "page=50001"
      })
  void badPages(String query) {
    Problems.expect(platform.get("/api/v1/companies?" + query), 400, "malformed-request");
  }

  @ParameterizedTest
  @DisplayName("that does not exist is 404")
  @ValueSource(strings = {"00000000-0000-0000-0000-000000000000", "x", "1-1-1-1-1", "%2e"})
  void unknown(String id) {
    Problems.expect(platform.get("/api/v1/companies/" + id), 404, "not-found");
  }
}
