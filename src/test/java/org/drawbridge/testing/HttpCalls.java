package org.drawbridge.testing;

import static org.drawbridge.testing.TestJson.JSON;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls a server over HTTP, with a set of headers that every request gets. Immutable. */
public final class HttpCalls {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  private final URI server;
  private final List<String> headers;

  public HttpCalls(URI server) {
    this(server, List.of());
  }

  private HttpCalls(URI server, List<String> headers) {
    this.server = server;
    this.headers = headers;
  }

  /** The answer to a request. */
  public record Answer(int status, HttpResponse<String> response) {

    public String text() {
      return response.body();
    }

    public JsonObject json() {
      try (JsonReader reader = JSON.createReader(new StringReader(text()))) {
        return reader.readObject();
      }
    }

    public JsonArray jsonArray() {
      try (JsonReader reader = JSON.createReader(new StringReader(text()))) {
        return reader.readArray();
      }
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    public String contentType() {
      return header("Content-Type");
    }

    /** The last part of the problem type. */
    public String problem() {
      return json().getString("type").replace("urn:drawbridge:problem:", "");
    }

    /** The JSON Pointers of the members that are wrong. */
    public List<String> wrongMembers() {
      return json().getJsonArray("errors").getValuesAs(JsonObject.class).stream()
          .map(e -> e.getString("pointer"))
          .toList();
    }

    public Answer expect(int expected) {
      if (status != expected) {
        throw new AssertionError("Expected " + expected + " but got " + status + ": " + text());
      }
      return this;
    }
  }

  /** Calls to the same server, without any header. */
  public HttpCalls anonymous() {
    return new HttpCalls(server);
  }

  public HttpCalls with(String header, String value) {
    List<String> more = new ArrayList<>(headers);
    more.add(header);
    more.add(value);
    return new HttpCalls(server, List.copyOf(more));
  }

  public HttpCalls bearer(String token) {
    return with("Authorization", "Bearer " + token);
  }

  public Answer get(String path) {
    return send("GET", path, null);
  }

  public Answer post(String path) {
    return send("POST", path, null);
  }

  public Answer post(String path, String json) {
    return send("POST", path, json);
  }

  public Answer put(String path, String json) {
    return send("PUT", path, json);
  }

  public Answer patch(String path, String json) {
    return send("PATCH", path, json);
  }

  public Answer delete(String path) {
    return send("DELETE", path, null);
  }

  public Answer send(String method, String path, @Nullable String json) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(path))
            .timeout(Duration.ofSeconds(60))
            .method(
                method,
                json == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(json));
    if (json != null && !headers.contains("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    if (!headers.isEmpty()) {
      request.headers(headers.toArray(String[]::new));
    }
    try {
      HttpResponse<String> response =
          CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Whether a GET answers 200; false where nobody listens. */
  public boolean isUp(String path) {
    try {
      return get(path).status() == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }
}
