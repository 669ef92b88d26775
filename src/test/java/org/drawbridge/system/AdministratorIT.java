package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.drawbridge.testing.HttpCalls;
import org.drawbridge.testing.HttpCalls.Answer;
import org.drawbridge.testing.Problems;
import org.drawbridge.testing.RunningServer;
import org.drawbridge.testing.SharedServer;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An administrator")
class AdministratorIT {

  private final TestCompany company = TestCompany.create();

  @Test
  @DisplayName("of the platform is known by the bootstrap token")
  void bootstrap() {
    SharedServer.platform().get("/api/v1/companies").expect(200);
    SharedServer.anonymous()
        .with("Authorization", "bearer " + RunningServer.BOOTSTRAP_TOKEN)
        .get("/api/v1/companies")
        .expect(200);
  }

  @Test
  @DisplayName("without a token, or with one that is none, is refused with 401")
  void unknown() {
    HttpCalls anonymous = SharedServer.anonymous();
    Answer missing = Problems.expect(anonymous.get("/api/v1/companies"), 401, "credential-missing");
    for (String value :
        List.of(
            "Bearer garbage",
            "Bearer ",
            "Basic YTpi",
            RunningServer.BOOTSTRAP_TOKEN,
            "Bearer " + RunningServer.BOOTSTRAP_TOKEN + "x",
            "Bearer " + RunningServer.BOOTSTRAP_TOKEN.substring(1),
            "Bearer " + "A".repeat(86),
            "Bearer " + "A".repeat(2000))) {
      Answer refused =
          Problems.expect(
              anonymous.with("Authorization", value).get("/api/v1/companies"),
              401,
              "credential-refused");
      assertThat(refused.header("WWW-Authenticate"))
          .startsWith("Bearer ")
          .isEqualTo(missing.header("WWW-Authenticate"));
    }
  }

  @Test
  @DisplayName("of a company does everything there: applications, keys, users, groups, accounts")
  void ownCompany() {
    HttpCalls own = administrator(company);
    String base = "/api/v1/companies/" + company.id();
    own.get(base).expect(200);
    own.get(base + "/applications").expect(200);
    own.post(base + "/applications", "{\"name\":\"A\",\"url\":\"https://a.example.com\"}")
        .expect(201);
    own.post(base + "/api-keys").expect(201);
    own.post(base + "/groups", "{\"groupKey\":\"g\",\"groupName\":\"G\"}").expect(201);
    own.post(base + "/users", userNamed("u")).expect(201);
    own.post(base + "/administrators", "{\"name\":\"second\"}").expect(201);
    own.get(base + "/activity").expect(200);
    TestApplication application = company.application();
    String account =
        own.post(
                "/api/v1/applications/" + application.id() + "/accounts",
                "{\"userAccountId\":\"ana\"}")
            .expect(201)
            .json()
            .getString("id");
    own.post("/api/v1/accounts/" + account + "/lock").expect(200);
    own.post("/api/v1/applications/" + application.id() + "/signing-keys").expect(201);
  }

  @Test
  @DisplayName("of a company finds nothing of another company: 404, as for what does not exist")
  void otherCompany() {
    HttpCalls foreign = administrator(TestCompany.create());
    TestApplication application = company.application();
    String account = application.account("ana");
    String user = company.user("");
    String base = "/api/v1/companies/" + company.id();
    String group =
        SharedServer.platform()
            .post(base + "/groups", "{\"groupKey\":\"g\",\"groupName\":\"G\"}")
            .expect(201)
            .json()
            .getString("id");
    String before = state(application, account);
    String app = "/api/v1/applications/" + application.id();
    String acc = "/api/v1/accounts/" + account;
    String key =
        SharedServer.platform()
            .get(app + "/signing-keys")
            .jsonArray()
            .getJsonObject(0)
            .getString("id");
    notFound(foreign, "GET", base, null);
    for (String kind :
        List.of(
            "applications",
            "users",
            "groups",
            "api-keys",
            "administrators",
            "activity",
            "webhooks",
            "event-transmitters",
            "approval-templates")) {
      notFound(foreign, "GET", base + "/" + kind, null);
    }
    notFound(
        foreign, "POST", base + "/applications", "{\"name\":\"A\",\"url\":\"https://x.test\"}");
    notFound(foreign, "POST", base + "/users", userNamed("x"));
    notFound(foreign, "POST", base + "/groups", "{\"groupKey\":\"x\",\"groupName\":\"X\"}");
    notFound(foreign, "POST", base + "/api-keys", "{}");
    notFound(foreign, "POST", base + "/administrators", "{\"name\":\"me\"}");
    notFound(foreign, "GET", app, null);
    notFound(foreign, "PATCH", app, "{\"name\":\"mine\"}");
    notFound(foreign, "POST", app + "/validation", "{\"method\":\"FILE\"}");
    notFound(foreign, "POST", app + "/validation", "{\"method\":\"ADMINISTRATOR\"}");
    notFound(foreign, "GET", app + "/signing-keys", null);
    notFound(foreign, "POST", app + "/signing-keys", null);
    notFound(foreign, "DELETE", app + "/signing-keys/" + key, null);
    notFound(foreign, "GET", app + "/accounts", null);
    notFound(foreign, "POST", app + "/accounts", "{\"userAccountId\":\"eve\"}");
    notFound(foreign, "GET", acc, null);
    notFound(foreign, "PATCH", acc, "{\"enabled\":false}");
    notFound(foreign, "POST", acc + "/lock", null);
    notFound(foreign, "POST", acc + "/unlock", null);
    notFound(foreign, "GET", acc + "/explanation", null);
    notFound(foreign, "GET", acc + "/checks", null);
    notFound(foreign, "GET", acc + "/lock-changes", null);
    notFound(foreign, "DELETE", acc + "/user-token", null);
    notFound(foreign, "GET", "/api/v1/users/" + user, null);
    notFound(foreign, "PATCH", "/api/v1/users/" + user, "{\"first_name\":\"Eve\"}");
    notFound(foreign, "GET", "/api/v1/groups/" + group, null);
    notFound(foreign, "GET", "/api/v1/groups/" + group + "/members", null);
    notFound(foreign, "PUT", "/api/v1/groups/" + group + "/members", "{\"accountIds\":[]}");
    assertThat(state(application, account)).isEqualTo(before);
    assertThat(Problems.withoutInstance(foreign.get(acc)))
        .isEqualTo(Problems.withoutInstance(foreign.get("/api/v1/accounts/" + UUID.randomUUID())));
  }

  @Test
  @DisplayName("of a company cannot take another company's things into an own one")
  void noMixing() {
    TestCompany own = TestCompany.create();
    HttpCalls calls = administrator(own);
    TestApplication ours = own.application();
    String theirUser = company.user("");
    String theirAccount = company.application().account("ana");
    Answer owner =
        calls.post(
            "/api/v1/applications/" + ours.id() + "/accounts",
            "{\"userAccountId\":\"ana\",\"userId\":\"" + theirUser + "\"}");
    Problems.expect(owner, 400, "malformed-request");
    assertThat(owner.wrongMembers()).containsExactly("/userId");
    String group =
        calls
            .post(
                "/api/v1/companies/" + own.id() + "/groups",
                "{\"groupKey\":\"g\",\"groupName\":\"G\"}")
            .expect(201)
            .json()
            .getString("id");
    Answer member =
        calls.put(
            "/api/v1/groups/" + group + "/members", "{\"accountIds\":[\"" + theirAccount + "\"]}");
    Problems.expect(member, 400, "malformed-request");
    assertThat(member.wrongMembers()).containsExactly("/accountIds/0");
  }

  @Test
  @DisplayName(
      "of a company may not create or list companies, nor validate a domain by mere word: 403")
  void forbidden() {
    HttpCalls own = administrator(company);
    Problems.expect(
        own.post("/api/v1/companies", "{\"name\":\"Another\"}"),
        403,
        "platform-administrator-required");
    Problems.expect(own.get("/api/v1/companies"), 403, "platform-administrator-required");
    String application =
        own.post(
                "/api/v1/companies/" + company.id() + "/applications",
                "{\"name\":\"A\",\"url\":\"https://a.example.com\"}")
            .expect(201)
            .json()
            .getString("id");
    Problems.expect(
        own.post(
            "/api/v1/applications/" + application + "/validation",
            "{\"method\":\"ADMINISTRATOR\"}"),
        403,
        "validation-forbidden");
    assertThat(own.get("/api/v1/applications/" + application).json().getBoolean("validated"))
        .isFalse();
  }

  @Test
  @DisplayName("of a company is listed without the token, and refused once revoked")
  void revoked() {
    String path = "/api/v1/companies/" + company.id() + "/administrators";
    var issued = SharedServer.platform().post(path, "{\"name\":\"Ana\"}").expect(201).json();
    HttpCalls own = SharedServer.anonymous().bearer(issued.getString("token"));
    own.get("/api/v1/companies/" + company.id()).expect(200);
    Answer list = SharedServer.platform().get(path).expect(200);
    assertThat(list.jsonArray().getJsonObject(0).getString("name")).isEqualTo("Ana");
    assertThat(list.text()).doesNotContain(issued.getString("token"));
    SharedServer.platform().delete(path + "/" + issued.getString("id")).expect(204);
    Problems.expect(own.get("/api/v1/companies/" + company.id()), 401, "credential-refused");
    Problems.expect(
        SharedServer.platform().delete(path + "/" + UUID.randomUUID()), 404, "not-found");
    assertThat(SharedServer.get().log()).doesNotContain(issued.getString("token"));
  }

  private static HttpCalls administrator(TestCompany company) {
    String token =
        SharedServer.platform()
            .post("/api/v1/companies/" + company.id() + "/administrators", "{\"name\":\"own\"}")
            .expect(201)
            .json()
            .getString("token");
    return SharedServer.anonymous().bearer(token);
  }

  private String state(TestApplication application, String account) {
    HttpCalls platform = SharedServer.platform();
    String base = "/api/v1/companies/" + company.id();
    return String.join(
        "\n",
        platform.get("/api/v1/applications/" + application.id()).expect(200).text(),
        platform.get("/api/v1/accounts/" + account).expect(200).text(),
        platform.get(base + "/users").expect(200).text(),
        platform.get(base + "/groups").expect(200).text(),
        platform.get(base + "/administrators").expect(200).text(),
        platform.get(base + "/activity").expect(200).text());
  }

  private static void notFound(HttpCalls calls, String method, String path, String json) {
    Problems.expect(calls.send(method, path, json), 404, "not-found");
  }

  private static String userNamed(String name) {
    return "{\"username\":\"%s\",\"email\":\"%s@example.com\",\"first_name\":\"A\",\"last_name\":\"B\"}"
        .formatted(name, name);
  }
}
