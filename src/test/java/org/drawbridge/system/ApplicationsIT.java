package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.UUID;
import org.drawbridge.testing.DnsResponder;
import org.drawbridge.testing.HttpCalls;
import org.drawbridge.testing.HttpCalls.Answer;
import org.drawbridge.testing.Problems;
import org.drawbridge.testing.SharedServer;
import org.drawbridge.testing.TestCompany;
import org.drawbridge.testing.TestSite;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An application")
class ApplicationsIT {

  private final TestCompany company = TestCompany.create();
  private final HttpCalls calls = company.administrator();
  private final String path = "/api/v1/companies/" + company.id() + "/applications";

  @Test
  @DisplayName("is added with name and url, not validated, with what its owner must publish")
  void added() {
    JsonObject added = add("https://App.Example.com/").expect(201).json();
    String id = added.getString("id");
    assertThat(added.getString("name")).isEqualTo("App");
    JsonObject domain = added.getJsonObject("domain");
    assertThat(domain.keySet()).containsExactlyInAnyOrder("id", "name", "url");
    assertThat(domain.getString("name")).isEqualTo("app.example.com");
    assertThat(domain.getString("url")).isEqualTo("https://app.example.com");
    assertThat(added.getBoolean("validated")).isFalse();
    assertThat(added.getString("unknownAccount")).isEqualTo("ALLOW");
    JsonObject validation = added.getJsonObject("validation");
    assertThat(validation.getJsonObject("cname").getString("name")).endsWith("app.example.com");
    assertThat(validation.getJsonObject("cname").getString("value")).isNotBlank();
    assertThat(validation.getJsonObject("file").getString("path")).startsWith("/.well-known/");
    assertThat(validation.getJsonObject("file").getString("content")).isNotBlank();
    assertThat(calls.get("/api/v1/applications/" + id).expect(200).json()).isEqualTo(added);
    assertThat(calls.get(path).expect(200).json().getJsonArray("items").getJsonObject(0))
        .isEqualTo(added);
  }

  @ParameterizedTest
  @DisplayName("has an origin for a url: anything else is 422 and names the member")
  @ValueSource(
      strings = {
        "app.example.com",
        "ftp://app.example.com",
        "https://app.example.com/path",
        "https://app.example.com?x",
        "https://app.example.com#x",
        "https://user@app.example.com",
        "https://",
        "https://app.example.com:99999",
        "https://app example.com",
        "javascript:alert(1)",
        "https://app.example.com//",
        "x"
      })
  void badUrls(String url) {
    Answer answer = add(url);
    Problems.expect(answer, 422, "impossible-request");
    assertThat(answer.wrongMembers()).containsExactly("/url");
    assertThat(calls.get(path).json().getInt("totalItems")).isZero();
  }

  @ParameterizedTest
  @DisplayName("has a name, a url and settings of the right types: else 400 names the member")
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"url\":\"https://a.test\"} | /name",
        "{\"name\":\"A\"} | /url",
        "{\"name\":\"A\",\"url\":7} | /url",
        "{\"name\":\" \",\"url\":\"https://a.test\"} | /name",
        "{\"name\":\"A\",\"url\":\"https://a.test\",\"unknownAccount\":\"MAYBE\"} | /unknownAccount",
        "{\"name\":\"A\",\"url\":\"https://a.test\",\"onFailure\":1} | /onFailure",
        "{\"name\":\"A\",\"url\":\"https://a.test\",\"initialLockStatus\":\"no\"} | /initialLockStatus"
      })
  void badMembers(String body, String pointer) {
    Answer answer = calls.post(path, body);
    Problems.expect(answer, 400, "malformed-request");
    assertThat(answer.wrongMembers()).containsExactly(pointer);
    assertThat(calls.get(path).json().getInt("totalItems")).isZero();
  }

  @Test
  @DisplayName("cannot be added twice with one url in a company")
  void twice() {
    add("https://a.example.com").expect(201);
    Problems.expect(add("https://A.example.com/"), 409, "domain-taken");
    Problems.expect(add("https://a.example.com:443"), 409, "domain-taken");
    add("https://a.example.com:8443").expect(201);
  }

  @Test
  @DisplayName("changes what a PATCH names and nothing else")
  void patched() {
    JsonObject before = add("https://a.example.com").expect(201).json();
    String one = "/api/v1/applications/" + before.getString("id");
    JsonObject after =
        calls
            .patch(one, "{\"unknownAccount\":\"DENY\",\"onFailure\":\"ALLOW\"}")
            .expect(200)
            .json();
    assertThat(after.getString("unknownAccount")).isEqualTo("DENY");
    assertThat(after.getString("onFailure")).isEqualTo("ALLOW");
    assertThat(after.getString("name")).isEqualTo("App");
    assertThat(after.getBoolean("initialLockStatus")).isFalse();
    after = calls.patch(one, "{\"name\":\"New\",\"initialLockStatus\":true}").expect(200).json();
    assertThat(after.getString("unknownAccount")).isEqualTo("DENY");
    assertThat(after.getString("name")).isEqualTo("New");
    assertThat(after.getBoolean("initialLockStatus")).isTrue();
    assertThat(calls.get(one).json()).isEqualTo(after);
    Answer wrong = calls.patch(one, "{\"name\":\"\",\"unknownAccount\":\"deny\"}");
    Problems.expect(wrong, 400, "malformed-request");
    assertThat(wrong.wrongMembers()).contains("/unknownAccount");
    assertThat(calls.get(one).json()).isEqualTo(after);
  }

  @Test
  @DisplayName("is validated by the file that its site publishes, and by no redirect or other file")
  void file() {
    try (TestSite site = TestSite.open()) {
      JsonObject added = add(site.url()).expect(201).json();
      JsonObject proof = added.getJsonObject("validation").getJsonObject("file");
      String file = proof.getString("path");
      assertThat(validate(added, "FILE")).isFalse();
      site.file(file, "something else");
      assertThat(validate(added, "FILE")).isFalse();
      site.file("/elsewhere", proof.getString("content"));
      site.redirect(file, "/elsewhere");
      assertThat(validate(added, "FILE")).isFalse();
      try (TestSite proven = TestSite.open()) {
        JsonObject second = add(proven.url()).expect(201).json();
        proven.file(file, proof.getString("content"));
        assertThat(validate(second, "FILE")).as("another application's proof").isFalse();
        JsonObject own = second.getJsonObject("validation").getJsonObject("file");
        proven.file(file, own.getString("content") + "\n");
        assertThat(validate(second, "FILE")).isTrue();
        proven.file(file, "gone");
        assertThat(validate(second, "FILE")).as("validated once is validated").isTrue();
      }
    }
  }

  @Test
  @DisplayName(
      "whose site is not on the public Internet is not called, unless the settings name it")
  void privateSite() {
    try (TestSite site = TestSite.open()) {
      JsonObject added = add(site.url().replace("localhost", "127.0.0.1")).expect(201).json();
      JsonObject proof = added.getJsonObject("validation").getJsonObject("file");
      site.file(proof.getString("path"), proof.getString("content"));
      assertThat(validate(added, "FILE")).isFalse();
    }
  }

  @Test
  @DisplayName("whose site does not answer is not validated")
  void noSite() {
    TestSite closed = TestSite.open();
    String url = closed.url();
    closed.close();
    assertThat(validate(add(url).expect(201).json(), "FILE")).isFalse();
  }

  @Test
  @DisplayName("is validated by the CNAME record of its domain, and by no other")
  void cname() {
    JsonObject added = add("https://app-" + UUID.randomUUID() + ".example.com").expect(201).json();
    JsonObject proof = added.getJsonObject("validation").getJsonObject("cname");
    assertThat(validate(added, "CNAME")).isFalse();
    DnsResponder.shared().alias(proof.getString("name"), "elsewhere.example.com");
    assertThat(validate(added, "CNAME")).isFalse();
    DnsResponder.shared().alias(proof.getString("name"), "x" + proof.getString("value"));
    assertThat(validate(added, "CNAME")).isFalse();
    DnsResponder.shared().alias(proof.getString("name"), proof.getString("value"));
    assertThat(validate(added, "CNAME")).isTrue();
    assertThat(
            calls
                .get("/api/v1/applications/" + added.getString("id"))
                .json()
                .getBoolean("validated"))
        .isTrue();
  }

  @Test
  @DisplayName("is validated at the platform administrator's word")
  void administrator() {
    JsonObject added = add("https://a.example.com").expect(201).json();
    assertThat(validate(added, "ADMINISTRATOR")).isTrue();
  }

  @ParameterizedTest
  @DisplayName("is validated by one of the methods: anything else is 400 and names the member")
  @ValueSource(
      strings = {"{}", "{\"method\":null}", "{\"method\":\"file\"}", "{\"method\":[\"FILE\"]}", ""})
  void badMethods(String body) {
    JsonObject added = add("https://a.example.com").expect(201).json();
    Answer answer =
        calls.post("/api/v1/applications/" + added.getString("id") + "/validation", body);
    Problems.expect(answer, 400, "malformed-request");
    assertThat(answer.wrongMembers()).containsExactly("/method");
  }

  @Test
  @DisplayName("that does not exist is 404")
  void unknown() {
    String unknown = "/api/v1/applications/" + UUID.randomUUID();
    Problems.expect(calls.get(unknown), 404, "not-found");
    Problems.expect(calls.patch(unknown, "{}"), 404, "not-found");
    Problems.expect(calls.post(unknown + "/validation", "{\"method\":\"FILE\"}"), 404, "not-found");
    Problems.expect(calls.post(unknown + "/signing-keys"), 404, "not-found");
    Problems.expect(
        SharedServer.platform()
            .post(
                "/api/v1/companies/" + UUID.randomUUID() + "/applications",
                "{\"name\":\"A\",\"url\":\"https://a.test\"}"),
        404,
        "not-found");
  }

  private Answer add(String url) {
    return calls.post(path, "{\"name\":\"App\",\"url\":\"" + url + "\"}");
  }

  private boolean validate(JsonObject application, String method) {
    return calls
        .post(
            "/api/v1/applications/" + application.getString("id") + "/validation",
            "{\"method\":\"" + method + "\"}")
        .expect(200)
        .json()
        .getBoolean("validated");
  }
}
