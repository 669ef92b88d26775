package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.List;
import java.util.Set;
import org.drawbridge.testing.HttpCalls;
import org.drawbridge.testing.HttpCalls.Answer;
import org.drawbridge.testing.SharedServer;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The operator, without any credential,")
class OperationIT {

  private final HttpCalls operator = SharedServer.anonymous();

  @Test
  @DisplayName("learns at /health/live that the node runs")
  void live() {
    Answer answer = operator.get("/health/live").expect(200);
    assertThat(answer.json().getString("status")).isEqualTo("UP");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
  }

  @Test
  @DisplayName("learns at /health/ready that the database answers and its schema is migrated")
  void ready() {
    Answer answer = operator.get("/health/ready").expect(200);
    assertThat(answer.json().getString("status")).isEqualTo("UP");
    assertThat(answer.json().getJsonArray("checks").getValuesAs(JsonObject.class))
        .extracting(check -> check.getString("name") + " " + check.getString("status"))
        .containsExactlyInAnyOrder("database UP", "migration UP");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "/",
        "/enroll?auth-token=x",
        "/outbox/",
        "/challenge/",
        "/api/v1/version",
        "/api/v1/me",
        "/nothing"
      })
  @DisplayName("finds in every answer what keeps browsers from guessing, framing and telling on")
  void headers(String address) {
    Answer answer = operator.get(address);
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(answer.header("Content-Security-Policy"))
        .contains("default-src 'none'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"/api/v1/version", "/api/v1/me", "/nl3/api/v1/accounts", "/v1/nothing"})
  @DisplayName("finds that no answer of the API may be stored")
  void notStored(String address) {
    assertThat(operator.get(address).header("Cache-Control")).isEqualTo("no-store");
  }

  @Nested
  @DisplayName("reads at /metrics, in Prometheus' text format,")
  class Meters {

    @Test
    @DisplayName("how many checks had which outcome, and how long they took")
    void checks() {
      TestApplication application = TestCompany.create().application();
      application.lock(application.account("ana"));
      application.check("ana").expect(200);
      Answer answer = operator.get("/metrics").expect(200);
      assertThat(answer.contentType()).startsWith("text/plain; version=0.0.4");
      assertThat(answer.text())
          .contains("# TYPE drawbridge_checks_seconds histogram")
          .containsPattern("drawbridge_checks_seconds_bucket\\{outcome=\"LOCKED\",le=\"0.015\"} ")
          .containsPattern("drawbridge_checks_seconds_count\\{outcome=\"LOCKED\"} [1-9]")
          .containsPattern("(?m)^drawbridge_checks_unrecorded_total 0.0$")
          .containsPattern("(?m)^drawbridge_checks_waiting 0.0$");
    }

    @Test
    @DisplayName("how many database connections are open, and how many the pool may hold")
    void connections() {
      assertThat(operator.get("/metrics").expect(200).text())
          .containsPattern("(?m)^drawbridge_connections_open [1-9]")
          .containsPattern("(?m)^drawbridge_connections_opened_total [1-9]")
          .containsPattern("(?m)^drawbridge_connections_pool_max [1-9]");
    }
  }

  @Nested
  @DisplayName("reads the API description")
  class Description {

    @Test
    @DisplayName("in YAML")
    void yaml() {
      Answer answer = operator.get("/openapi").expect(200);
      assertThat(answer.contentType()).startsWith("application/yaml");
      assertThat(answer.text())
          .contains("\nopenapi: 3.1.0\n")
          .doesNotContain("${project", "${drawbridge");
    }

    @Test
    @DisplayName("in JSON, by Accept or by ?format=JSON")
    void json() {
      Answer byFormat = operator.get("/openapi?format=JSON").expect(200);
      Answer byAccept = operator.with("Accept", "application/json").get("/openapi").expect(200);
      assertThat(byFormat.contentType()).startsWith("application/json");
      assertThat(byFormat.json().getString("openapi")).isEqualTo("3.1.0");
      assertThat(byAccept.json()).isEqualTo(byFormat.json());
    }

    @Test
    @DisplayName("and finds in answers exactly the members that it describes")
    void isTrue() {
      TestCompany company = TestCompany.create();
      TestApplication application = company.application();
      HttpCalls administrator = company.administrator();
      String user = company.user("");
      String account = application.account("ana", ",\"userId\":\"" + user + "\"");
      JsonObject schemas =
          operator
              .get("/openapi?format=JSON")
              .json()
              .getJsonObject("components")
              .getJsonObject("schemas");
      administrator
          .patch("/api/v1/companies/" + company.id(), "{\"numberMatching\":true}")
          .expect(200);
      application.lock(account);
      assertMembers(schemas, "Decision", application.check("ana").json());
      assertMembers(
          schemas, "Company", administrator.get("/api/v1/companies/" + company.id()).json());
      assertMembers(
          schemas,
          "Application",
          administrator.get("/api/v1/applications/" + application.id()).json());
      assertMembers(schemas, "Account", administrator.get("/api/v1/accounts/" + account).json());
      assertMembers(
          schemas,
          "Explanation",
          administrator.get("/api/v1/accounts/" + account + "/explanation").json());
      assertMembers(schemas, "User", administrator.get("/api/v1/users/" + user).json());
      JsonObject checks = administrator.get("/api/v1/accounts/" + account + "/checks").json();
      assertMembers(schemas, "Page", checks);
      assertMembers(schemas, "RecordedCheck", checks.getJsonArray("items").getJsonObject(0));
      JsonObject changes =
          administrator.get("/api/v1/accounts/" + account + "/lock-changes").json();
      assertMembers(schemas, "LockChange", changes.getJsonArray("items").getJsonObject(0));
      String webhooks = "/api/v1/companies/" + company.id() + "/webhooks";
      String webhook = "{\"url\":\"http://localhost:9/\"}";
      assertMembers(schemas, "WebhookAdded", administrator.post(webhooks, webhook).json());
      JsonObject added = administrator.get(webhooks).jsonArray().getJsonObject(0);
      assertMembers(schemas, "Webhook", added);
      JsonObject deliveries =
          administrator.get(webhooks + "/" + added.getString("id") + "/deliveries").json();
      assertMembers(schemas, "Delivery", deliveries.getJsonArray("items").getJsonObject(0));
      String transmitters = "/api/v1/companies/" + company.id() + "/event-transmitters";
      String transmitter = "{\"issuer\":\"i\",\"jwksUrl\":\"http://localhost:9/\"}";
      assertMembers(
          schemas, "EventTransmitter", administrator.post(transmitters, transmitter).json());
      JsonObject activity =
          administrator.get("/api/v1/companies/" + company.id() + "/activity").json();
      assertMembers(schemas, "ActivityPage", activity);
      administrator.post("/api/v1/outbox/test", "{\"email\":\"ana@example.com\"}").expect(202);
      JsonObject outbox = administrator.get("/api/v1/outbox").json();
      assertMembers(schemas, "OutboxMessage", outbox.getJsonArray("items").getJsonObject(0));
      assertMembers(schemas, "Activity", activity.getJsonArray("items").getJsonObject(0));
    }

    private void assertMembers(JsonObject schemas, String schema, JsonObject answer) {
      JsonObject described = schemas.getJsonObject(schema);
      Set<String> members = described.getJsonObject("properties").keySet();
      assertThat(answer.keySet()).as(schema).isEqualTo(members);
      List<JsonString> required = described.getJsonArray("required").getValuesAs(JsonString.class);
      // A number to match is there only where one is asked for.
      assertThat(required)
          .as(schema)
          .extracting(JsonString::getString)
          .containsExactlyInAnyOrderElementsOf(
              members.stream().filter(member -> !member.equals("number")).toList());
    }
  }

  @Nested
  @DisplayName("sees, under a content security policy that allows no inline script,")
  class Pages {

    @Test
    @DisplayName("the start page")
    void start() {
      Answer page = operator.get("/").expect(200);
      assertThat(page.contentType()).startsWith("text/html");
      assertThat(page.text()).contains("<h1>Drawbridge</h1>");
      assertThat(page.header("Content-Security-Policy")).contains("script-src 'self';");
      assertThat(operator.get("/drawbridge.js").expect(200).contentType())
          .startsWith("text/javascript");
      assertThat(operator.get("/drawbridge.css").expect(200).contentType()).startsWith("text/css");
      assertThat(operator.get("/drawbridge.svg").expect(200).contentType())
          .startsWith("image/svg+xml");
    }

    @Test
    @DisplayName("the API description rendered by Swagger UI")
    void description() {
      Answer page = operator.get("/api/").expect(200);
      assertThat(page.header("Content-Security-Policy")).contains("script-src 'self';");
      assertThat(operator.get("/api/swagger-ui/swagger-ui-bundle.js").expect(200).contentType())
          .startsWith("text/javascript");
      assertThat(operator.get("/api/swagger-ui/swagger-ui.css").expect(200).contentType())
          .startsWith("text/css");
      assertThat(operator.get("/api/swagger-ui/index.html").expect(404).contentType())
          .startsWith("application/problem+json");
    }
  }
}
