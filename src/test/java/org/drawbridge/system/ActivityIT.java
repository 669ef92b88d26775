package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.drawbridge.testing.HttpCalls;
import org.drawbridge.testing.Problems;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The activity log of a company")
class ActivityIT {

  private final TestCompany company = TestCompany.create();
  private final HttpCalls calls = company.administrator();
  private final String path = "/api/v1/companies/" + company.id() + "/activity";

  @Test
  @DisplayName("tells every change: what, to what, by whom and when, newest first")
  void tellsChanges() {
    TestApplication application = company.application();
    String account = application.account("ana");
    application.lock(account);
    application.unlock(account);
    List<JsonObject> entries = entries("");
    assertThat(entries)
        .extracting(e -> e.getString("type"))
        .containsExactly(
            "account-unlocked",
            "account-locked",
            "account-added",
            "signing-key-added",
            "application-validated",
            "application-added",
            "company-added");
    JsonObject newest = entries.get(0);
    assertThat(newest.keySet())
        .containsExactlyInAnyOrder("id", "occurredDate", "type", "subjectId", "actor", "details");
    assertThat(newest.getString("subjectId")).isEqualTo(account);
    assertThat(newest.getString("actor")).isEqualTo("platform-administrator");
    assertThat(newest.getString("occurredDate")).endsWith("Z");
    assertThat(entries.get(5).getJsonObject("details").getString("url"))
        .isEqualTo(application.url());
  }

  @Test
  @DisplayName("says why an account was locked and unlocked, and that an unlock ended by itself")
  void reasons() {
    TestApplication application = company.application();
    String user = company.user(",\"autoLockOnAttempt\":true");
    String account = application.account("ana", ",\"userId\":\"" + user + "\"");
    calls.post("/api/v1/accounts/" + account + "/lock", "{\"reason\":\"stolen\"}").expect(200);
    calls.post("/api/v1/accounts/" + account + "/unlock", "{\"reason\":\"found\"}").expect(200);
    String sessionId =
        application
            .calls("ana")
            .post("/v1/AccountProtectionCheck")
            .expect(200)
            .json()
            .getString("sessionID");
    assertThat(entries("?pageSize=3"))
        .extracting(e -> e.getString("type") + " " + e.getString("actor") + " " + e.get("details"))
        .containsExactly(
            "account-locked drawbridge {\"cause\":\"AUTO_LOCK_ON_ATTEMPT\",\"check\":\""
                + sessionId
                + "\"}",
            "account-unlocked platform-administrator"
                + " {\"cause\":\"ADMINISTRATOR\",\"reason\":\"found\"}",
            "account-locked platform-administrator"
                + " {\"cause\":\"ADMINISTRATOR\",\"reason\":\"stolen\"}");
  }

  @Test
  @DisplayName("is read from, to and of a type")
  void filtered() {
    company.user("");
    company.apiKey();
    List<JsonObject> all = entries("");
    assertThat(all)
        .extracting(e -> e.getString("type"))
        .containsExactly("api-key-added", "user-added", "company-added");
    assertThat(entries("?type=user-added")).containsExactly(all.get(1));
    assertThat(entries("?type=none")).isEmpty();
    String middle = all.get(1).getString("occurredDate");
    assertThat(entries("?from=" + middle))
        .contains(all.get(0), all.get(1))
        .doesNotContain(all.get(2));
    assertThat(entries("?to=" + middle)).containsExactly(all.get(2));
    assertThat(entries("?from=" + middle + "&to=" + all.get(0).getString("occurredDate")))
        .containsExactly(all.get(1));
    assertThat(entries("?from=" + Instant.now().plusSeconds(60))).isEmpty();
    String offset = Instant.parse(middle).atOffset(ZoneOffset.ofHours(2)).toString();
    assertThat(entries("?to=" + offset.replace("+", "%2B"))).containsExactly(all.get(2));
  }

  @Test
  @DisplayName("is read on from a cursor, without gaps and repetitions")
  void cursor() {
    for (int i = 0; i < 6; i++) {
      company.user("");
    }
    List<JsonObject> all = entries("");
    assertThat(all).hasSize(7);
    List<JsonObject> read = new ArrayList<>();
    String next = "";
    int pages = 0;
    do {
      JsonObject page =
          calls
              .get(path + "?pageSize=3" + (next.isEmpty() ? "" : "&cursor=" + next))
              .expect(200)
              .json();
      read.addAll(page.getJsonArray("items").getValuesAs(JsonObject.class));
      next = page.isNull("nextCursor") ? "" : page.getString("nextCursor");
      pages++;
      if (pages == 1) {
        company.user("");
      }
    } while (!next.isEmpty() && pages < 10);
    assertThat(pages).isEqualTo(3);
    assertThat(read).isEqualTo(all);
  }

  @Test
  @DisplayName("does not tell what was refused, nor what other companies do")
  void noRefusals() {
    TestCompany.create().user("");
    calls.post("/api/v1/companies/" + company.id() + "/users", "{}").expect(400);
    calls.get("/api/v1/companies/" + company.id() + "/users").expect(200);
    assertThat(entries("")).hasSize(1);
  }

  @ParameterizedTest
  @DisplayName("is not read by parameters that are wrong")
  @ValueSource(
      strings = {
        "from=yesterday",
        "from=2026-01-01",
        "from=",
        "to=1",
        "to=2026-13-01T00:00:00Z",
        "cursor=x",
        "cursor=",
        "pageSize=0",
        "pageSize=x",
        "pageSize=1000",
        "from=%2B999999999-12-31T23:59:59Z",
        "to=-999999999-01-01T00:00:00Z",
        "type=%00"
      })
  void badParameters(String query) {
    Problems.expect(calls.get(path + "?" + query), 400, "malformed-request");
  }

  private List<JsonObject> entries(String query) {
    return calls
        .get(path + query)
        .expect(200)
        .json()
        .getJsonArray("items")
        .getValuesAs(JsonObject.class);
  }
}
