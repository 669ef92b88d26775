package org.drawbridge.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.drawbridge.testing.TestJson.JSON;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.net.URI;
import java.util.Base64;
import java.util.List;

/**
 * The unmodified npm client of the challenge API, with a secret of a company.
 *
 * @param secretId of the secret
 */
public record ChallengeClient(TestCompany company, URI server, String secretId, String secret) {

  private static final NodePackage CLIENTS = new NodePackage("authsignal");

  public static ChallengeClient of(TestCompany company) {
    return of(company, SharedServer.get().url());
  }

  /** The same with another server, where the company is. */
  public static ChallengeClient of(TestCompany company, URI server) {
    JsonObject issued =
        company
            .administrator()
            .post("/api/v1/companies/" + company.id() + "/challenge-secrets", "{\"name\":\"t\"}")
            .expect(201)
            .json();
    return new ChallengeClient(company, server, issued.getString("id"), issued.getString("secret"));
  }

  /** One call: a method of the client, and the request as JSON. */
  public record Call(String method, String request) {}

  /** What the client answered: the result, or its error. */
  public record Answer(JsonObject answer) {

    /**
     * @throws AssertionError where the call failed
     */
    public JsonObject result() {
      if (answer.containsKey("error")) {
        throw new AssertionError(answer);
      }
      return answer.get("result") == JsonValue.NULL
          ? JsonValue.EMPTY_JSON_OBJECT
          : answer.getJsonObject("result");
    }

    public JsonArray list() {
      return answer.getJsonArray("result");
    }

    public JsonObject error() {
      return answer.getJsonObject("error");
    }
  }

  public Answer call(String method, String request) {
    return call(new Call(method, request)).get(0);
  }

  /** One after the other, in one process. */
  public List<Answer> call(Call... calls) {
    JsonArrayBuilder list = JSON.createArrayBuilder();
    for (Call call : calls) {
      list.add(JSON.createArrayBuilder().add(call.method()).add(object(call.request())));
    }
    String input =
        JSON.createObjectBuilder()
            .add("apiUrl", server + "/authsignal/v1")
            .add("secret", secret)
            .add("calls", list)
            .build()
            .toString();
    try (JsonReader reader = JSON.createReader(new StringReader(CLIENTS.node("call.mjs", input)))) {
      return reader.readArray().getValuesAs(JsonObject.class).stream().map(Answer::new).toList();
    }
  }

  /**
   * The client's own helper for Auth0's post-login Actions, in one of its phases.
   *
   * @param phase {@code execute} or {@code continue}
   * @param redirectUrl where people come back to
   * @param event as JSON, with the user at least
   * @return what it had Auth0 do: {@code redirect}, {@code denied} and {@code recorded}, or null
   */
  public JsonObject auth0(String phase, String redirectUrl, String event) {
    return helper("auth0-helper.mjs", phase, redirectUrl, event);
  }

  /**
   * The same with the oldest client in use, 0.0.48, which verifies tokens by itself; and {@code
   * enrol}, with the request in the place of the event.
   *
   * @return the same, and {@code error} and {@code result}
   */
  public JsonObject oldAuth0(String phase, String redirectUrl, String event) {
    return helper("old-client.mjs", phase, redirectUrl, event);
  }

  private JsonObject helper(String script, String phase, String redirectUrl, String event) {
    String input =
        JSON.createObjectBuilder()
            .add("phase", phase)
            .add("secret", secret)
            .add("apiUrl", server + "/authsignal/v1")
            .add("redirectUrl", redirectUrl)
            .add(phase.equals("enrol") ? "request" : "event", object(event))
            .build()
            .toString();
    return object(CLIENTS.node(script, input));
  }

  /** Without the client, for what it would not send. */
  public HttpCalls raw() {
    return new HttpCalls(server).with("Authorization", "Basic " + basic(secret + ":"));
  }

  public static String basic(String credential) {
    return Base64.getEncoder().encodeToString(credential.getBytes(UTF_8));
  }

  private static JsonObject object(String json) {
    try (JsonReader reader = JSON.createReader(new StringReader(json))) {
      return reader.readObject();
    }
  }
}
