package org.drawbridge.system;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.testing.TestJson.JSON;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Stream;
import org.drawbridge.testing.HttpCalls;
import org.drawbridge.testing.HttpCalls.Answer;
import org.drawbridge.testing.Problems;
import org.drawbridge.testing.RawHttp;
import org.drawbridge.testing.RawHttp.RawAnswer;
import org.drawbridge.testing.RunningServer;
import org.drawbridge.testing.SharedServer;
import org.drawbridge.testing.TestApplication;
import org.drawbridge.testing.TestCompany;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A refusal is a problem (RFC 9457)")
@TestInstance(Lifecycle.PER_CLASS)
class ProblemsIT {

  private static final String CHECK = "/v1/AccountProtectionCheck";
  private static final int LIMIT = 256 * 1024;

  private final TestCompany company = TestCompany.create();
  private final TestApplication application = company.application();
  private final HttpCalls calls = company.administrator();
  private final String users = "/api/v1/companies/" + company.id() + "/users";

  @Test
  @DisplayName("with a correlation id of its own, also in the header and in the log")
  void correlation() {
    Answer first = Problems.expect(calls.get("/api/v1/nothing"), 404, "not-found");
    Answer second = Problems.expect(calls.get("/api/v1/nothing"), 404, "not-found");
    String id = first.header("X-Correlation-Id");
    assertThat(id).isNotEqualTo(second.header("X-Correlation-Id"));
    assertThat(SharedServer.get().log()).contains("correlation=" + id);
    assertThat(calls.get(users).expect(200).header("X-Correlation-Id")).isNotBlank();
  }

  @ParameterizedTest
  @DisplayName("where there is nothing at the address: 404")
  @ValueSource(
      strings = {
        "/api/v1/nothing",
        "/api/v1",
        "/nl3/api/v1/sdk/nothing",
        "/v1/nothing",
        "/v1/ACCOUNTPROTECTIONCHECK",
        "/nothing.html",
        "/nl3",
        "/WEB-INF/web.xml",
        "/META-INF/MANIFEST.MF",
        "/problem",
        "/api/v1/companies/%2e%2e/x",
        "/api/v1/application.wadl",
        "/nl3/api/v1/application.wadl"
      })
  void notFound(String path) {
    Problems.expect(calls.get(path), 404, "not-found");
  }

  @ParameterizedTest
  @DisplayName("where the address does not take the method: 405, with those that it takes")
  @CsvSource({
    "GET, /v1/AccountProtectionCheck, POST",
    "PUT, /v1/AccountProtectionCheck, POST",
    "DELETE, /nl3/api/v1/sdk/enableUser, POST",
    "GET, /nl3/api/v1/sdk/enableUser, POST",
    "PATCH, /nl3/api/v1/sdk/accountLockCheck, POST",
    "DELETE, /api/v1/companies, POST",
    "PUT, /api/v1/companies, POST",
    "FOO, /api/v1/companies, POST"
  })
  void methodNotAllowed(String method, String path, String allowed) {
    // Servers refuse a GET or DELETE with a body before anybody looks at the method.
    boolean hasBody = !method.equals("GET") && !method.equals("DELETE");
    Answer answer = calls.send(method, path, hasBody ? "{}" : null);
    Problems.expect(answer, 405, "method-not-allowed");
    assertThat(answer.header("Allow")).contains(allowed);
  }

  @ParameterizedTest
  @DisplayName("where the body is no JSON: 400")
  @ValueSource(
      strings = {
        "{", "}", "[", "{\"name\"}", "{\"name\":\"x\"", "{\"name\":\"x\"}}", "{\"name\":\"x\"} x",
        "{'name':'x'}", "{name:\"x\"}", "{\"name\":\"\u0001\"}", "{\"name\":01}", "nul", "\"x\"",
            "7",
        "[]", "null", "\uFEFF{}", "{\"name\":\"\\x\"}", "{\"name\":\"x\",}", "{\"name\":NaN}"
      })
  void malformedJson(String body) {
    Problems.expect(calls.post(users, body), 400, "malformed-request");
  }

  @ParameterizedTest
  @DisplayName("where the JSON would overload a reader: 400")
  @MethodSource
  void hostileJson(String body) {
    Problems.expect(calls.post(users, body), 400, "malformed-request");
    assertThat(application.calls("ana").post(CHECK, body).status()).isIn(200, 400);
  }

  Stream<String> hostileJson() {
    return Stream.of(
        "[".repeat(20_000) + "]".repeat(20_000),
        "[".repeat(20_000),
        "{\"a\":".repeat(20_000) + "1" + "}".repeat(20_000),
        "{\"username\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}",
        "{\"autoLockMinutes\":1e999999999}",
        "{\"autoLockMinutes\":1e-999999999}",
        "{\"autoLockMinutes\":" + "9".repeat(100_000) + "}",
        "{\"autoLockMinutes\":0." + "9".repeat(100_000) + "}",
        "{\"autoLockMinutes\":1e99999999999999999999}",
        "{\"integrationData\":" + "9".repeat(100_000) + "}",
        "{\"integrationData\":1e999999999}");
  }

  @Test
  @DisplayName("where the body is not UTF-8: 400")
  void encoding() {
    for (byte[] bytes :
        new byte[][] {
          {'{', '"', (byte) 0xff, '"', ':', '1', '}'},
          {'{', '"', (byte) 0xc0, (byte) 0x80, '"', ':', '1', '}'},
          {'{', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', ':', '1', '}'},
          {(byte) 0xff, (byte) 0xfe, '{', 0, '}', 0}
        }) {
      Problems.expect(post(users, "application/json", bytes, false), 400, "malformed-request");
    }
  }

  @ParameterizedTest
  @DisplayName("where the body is no application/json: 415")
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/xml",
        "text/json"
      })
  void unsupportedMediaType(String type) {
    Problems.expect(
        calls.with("Content-Type", type).post(users, "{}"), 415, "unsupported-media-type");
    Problems.expect(
        application.calls("ana").with("Content-Type", type).post(CHECK, "{}"),
        415,
        "unsupported-media-type");
  }

  @Test
  @DisplayName("and no refusal where application/json has a charset or capitals")
  void mediaTypeSpellings() {
    for (String type : new String[] {"application/json; charset=utf-8", "Application/JSON"}) {
      assertThat(application.calls("ana").with("Content-Type", type).post(CHECK, "{}").status())
          .isEqualTo(200);
    }
  }

  @Test
  @DisplayName("as a problem whatever the caller takes")
  void notAcceptable() {
    Problems.expect(calls.with("Accept", "text/html").post(users, "{}"), 400, "malformed-request");
  }

  @Test
  @DisplayName("where the body is over 256 KiB: 413, announced or in chunks, and 256 KiB are taken")
  void tooLarge() {
    String tooMuch = "{}" + " ".repeat(LIMIT - 1);
    byte[] bytes = tooMuch.getBytes(ISO_8859_1);
    for (String path : new String[] {users, "/api/v1/companies"}) {
      Problems.expect(calls.post(path, tooMuch), 413, "content-too-large");
      Problems.expect(post(path, "application/json", bytes, true), 413, "content-too-large");
    }
    Problems.expect(application.calls("ana").post(CHECK, tooMuch), 413, "content-too-large");
    Problems.expect(post(CHECK, "application/json", bytes, true), 413, "content-too-large");
    String most = "{}" + " ".repeat(LIMIT - 2);
    assertThat(application.calls("ana").post(CHECK, most).status()).isEqualTo(200);
    assertThat(post(CHECK, "application/json", most.getBytes(ISO_8859_1), true).status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @DisplayName("where a percent-encoding is malformed: 400")
  @ValueSource(
      strings = {
        "/api/v1/companies?page=%zz",
        "/api/v1/companies?page=%00",
        "/api/v1/companies?%",
        "/v1/AccountProtectionCheck?x=%u0041"
      })
  void percent(String target) {
    RawAnswer answer = raw("GET " + target + " HTTP/1.1", "", "");
    rawProblem(answer, 400, "malformed-request");
  }

  /** Payara closes such a path off itself, and there with an empty answer. */
  @ParameterizedTest
  @DisplayName("or nothing at all where the percent-encoding of a path is malformed")
  @ValueSource(strings = {"/api/v1/companies/%zz", "/api/v1/companies/%", "/%zz", "/%1"})
  void percentInPath(String path) {
    RawAnswer answer = raw("GET " + path + " HTTP/1.1", "", "");
    if (answer.status() == 400) {
      rawProblem(answer, 400, "malformed-request");
    } else {
      assertThat(answer.body()).isEmpty();
    }
  }

  @ParameterizedTest
  @DisplayName("or a closed connection, never a failure, where the request is no HTTP")
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\nConnection: close\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\nConnection: close\r\n\r\n",
        "POST /v1/AccountProtectionCheck HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n"
            + "Content-Length: 2\r\nConnection: close\r\n\r\n{}",
        "POST /v1/AccountProtectionCheck HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
            + "Connection: close\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
        "GET /api/v1/companies HTTP/1.1\r\nConnection: close\r\n\r\n",
        "GET /a b HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET /api/v1/companies HTTP/9.9\r\nHost: a\r\nConnection: close\r\n\r\n",
        "G@T / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET /../../etc/passwd HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET /%c0%ae%c0%ae/x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET /api/v1/companies/%00 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET /api/v1/companies;x=%00 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nNo-Colon\r\nConnection: close\r\n\r\n"
      })
  void noHttp(String request) {
    RawAnswer answer = RawHttp.send(SharedServer.get().port(), request);
    assertThat(answer.status()).as(answer.text()).isNotEqualTo(500).isLessThan(506);
    assertThat(Problems.leak(answer.body())).isEmpty();
  }

  @ParameterizedTest
  @DisplayName("and the end of the connection, where two lengths could hide a second request")
  @ValueSource(
      strings = {
        "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
        "Transfer-Encoding: chunked\r\n"
      })
  void smuggling(String lengths) {
    RawAnswer answer =
        RawHttp.send(
            SharedServer.get().port(),
            "POST /v1/AccountProtectionCheck HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                + lengths
                + "\r\n2\r\n{}\r\n0\r\n\r\n"
                + "GET /api/v1/version HTTP/1.1\r\nHost: a\r\n\r\n");
    assertThat(answer.status()).isIn(400, 401);
    assertThat(answer.text().split("HTTP/1.1 ", -1)).as(answer.text()).hasSize(2);
  }

  @Test
  @DisplayName("or a closed connection where the header is beyond measure")
  void hugeHeader() {
    for (int size : new int[] {30_000, 100_000, 1_000_000}) {
      RawAnswer answer =
          raw("GET /api/v1/companies HTTP/1.1", "X-Long: " + "x".repeat(size) + "\r\n", "");
      assertThat(answer.status()).isNotEqualTo(500).isLessThan(506);
      answer = raw("GET /api/v1/" + "x".repeat(size) + " HTTP/1.1", "", "");
      assertThat(answer.status()).isNotEqualTo(500).isLessThan(506);
    }
  }

  @Test
  @DisplayName("and changes nothing")
  void changesNothing() {
    String account = application.account("changeless");
    String state = state(account);
    calls.post(users, "{").expect(400);
    calls.post(users, "{\"username\":\"x\"}").expect(400);
    calls.post("/api/v1/accounts/" + account + "/lock", "{").expect(400);
    calls.post("/api/v1/accounts/" + account + "/lock", "{\"reason\":7}").expect(400);
    calls.with("Content-Type", "text/plain").post("/api/v1/accounts/" + account + "/lock", "x");
    calls.post("/api/v1/accounts/" + account + "/lock", "{}" + " ".repeat(LIMIT)).expect(413);
    SharedServer.anonymous().post("/api/v1/accounts/" + account + "/lock").expect(401);
    application.calls("changeless").post(CHECK, "{").expect(400);
    application
        .calls("changeless")
        .with("Content-Type", "text/plain")
        .post(CHECK, "{}")
        .expect(415);
    assertThat(state(account)).isEqualTo(state);
  }

  @Test
  @DisplayName("whose errors have a JSON Pointer and a detail each")
  void errors() {
    JsonObject problem = calls.post(users, "{}").expect(400).json();
    assertThat(problem.getJsonArray("errors")).isNotEmpty();
    for (JsonObject error : problem.getJsonArray("errors").getValuesAs(JsonObject.class)) {
      assertThat(error.keySet()).containsExactlyInAnyOrder("pointer", "detail");
      assertThat(error.getString("pointer")).startsWith("/");
      assertThat(error.getString("detail")).isNotBlank();
    }
  }

  private String state(String account) {
    return String.join(
        "\n",
        calls.get("/api/v1/accounts/" + account).text(),
        calls.get("/api/v1/accounts/" + account + "/checks").text(),
        calls.get("/api/v1/accounts/" + account + "/lock-changes").text(),
        calls.get(users).text(),
        calls.get("/api/v1/companies/" + company.id() + "/activity").text());
  }

  private static RawAnswer raw(String line, String headers, String body) {
    return RawHttp.send(
        SharedServer.get().port(),
        line
            + "\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
            + RunningServer.BOOTSTRAP_TOKEN
            + "\r\n"
            + headers
            + "\r\n"
            + body);
  }

  private static void rawProblem(RawAnswer answer, int status, String type) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.text())
        .contains("application/problem+json")
        .containsIgnoringCase("X-Correlation-Id: ");
    String body = answer.body();
    JsonObject problem =
        JSON.createReader(new StringReader(body.substring(body.indexOf('{')))).readObject();
    assertThat(problem.getString("type")).isEqualTo("urn:drawbridge:problem:" + type);
    assertThat(problem.getInt("status")).isEqualTo(status);
    assertThat(problem.getString("title")).isNotBlank();
    assertThat(problem.getString("detail")).isNotBlank();
    assertThat(problem.getString("instance")).startsWith("urn:drawbridge:request:");
  }

  /** Of an unannounced length, where it is in chunks. */
  private Answer post(String path, String type, byte[] body, boolean chunked) {
    HttpRequest.BodyPublisher publisher =
        chunked
            ? BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(body))
            : BodyPublishers.ofByteArray(body);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(SharedServer.get().url() + path))
            .header("Content-Type", type)
            .header("Authorization", "Bearer " + RunningServer.BOOTSTRAP_TOKEN)
            .header("x-nl3-authorization-token", application.token("ana").compact())
            .POST(publisher)
            .build();
    try {
      HttpResponse<String> response =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .build()
              .send(request, BodyHandlers.ofString());
      return new Answer(response.statusCode(), response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
