package org.drawbridge.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A company's own endpoint on loopback, and every call that it was sent. */
public final class WebhookReceiver implements AutoCloseable {

  private static final Duration DELIVERY = Duration.ofSeconds(30);

  private final HttpServer server = Loopback.httpServer();
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private volatile int status = 204;

  /** One call, whatever was answered to it. */
  public record Call(String path, String signature, String body, byte[] bytes, HttpExchange http) {

    public String header(String name) {
      return http.getRequestHeaders().getFirst(name);
    }
  }

  public WebhookReceiver() {
    server.createContext("/", this::take);
    server.start();
  }

  public String url() {
    return Loopback.url(server).toString();
  }

  /** Answers this from now on. */
  public void answer(int newStatus) {
    status = newStatus;
  }

  /** What came, oldest first. */
  public List<Call> calls() {
    return List.copyOf(calls);
  }

  /** What came, once it is so many calls. */
  public List<Call> calls(int number) {
    if (!Await.until(DELIVERY, () -> calls.size() >= number)) {
      throw new AssertionError(calls.size() + " calls came, not " + number);
    }
    return calls();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] bytes = exchange.getRequestBody().readAllBytes();
      calls.add(
          new Call(
              exchange.getRequestURI().getPath(),
              exchange.getRequestHeaders().getFirst("X-Signature-V2"),
              new String(bytes, StandardCharsets.UTF_8),
              bytes,
              exchange));
      exchange.getResponseHeaders().set("Location", url() + "/elsewhere");
      exchange.sendResponseHeaders(status, -1);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
