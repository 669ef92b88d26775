package org.drawbridge.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** A company's own endpoint on loopback, and every call that it was sent. */
public final class WebhookReceiver implements AutoCloseable {

  private static final Duration DELIVERY = Duration.ofSeconds(30);

  private final HttpServer server = Loopback.httpServer();
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private volatile int status = 204;
  private volatile Duration delay = Duration.ZERO;

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

  /** Takes so long for each answer from now on, with any number of calls at once. */
  public void answerAfter(Duration newDelay) {
    delay = newDelay;
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
    byte[] bytes = exchange.getRequestBody().readAllBytes();
    calls.add(
        new Call(
            exchange.getRequestURI().getPath(),
            exchange.getRequestHeaders().getFirst("X-Signature-V2"),
            new String(bytes, StandardCharsets.UTF_8),
            bytes,
            exchange));
    Executor later =
        delay.isZero()
            ? Runnable::run
            : CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS);
    later.execute(() -> answer(exchange));
  }

  private void answer(HttpExchange exchange) {
    try (exchange) {
      exchange.getResponseHeaders().set("Location", url() + "/elsewhere");
      exchange.sendResponseHeaders(status, -1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
