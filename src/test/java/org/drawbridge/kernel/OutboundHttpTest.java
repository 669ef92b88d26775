package org.drawbridge.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.drawbridge.testing.Await;
import org.drawbridge.testing.Loopback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A call of an address that somebody named")
@Timeout(30)
class OutboundHttpTest {

  private static final Duration TIME = Duration.ofMillis(500);
  private static final int MAX_ANSWER = 256 * 1024;

  private final HttpServer server = Loopback.httpServer();
  private final URI url = Loopback.url(server);
  private final AtomicBoolean isOver = new AtomicBoolean();
  private final OutboundHttp http = new OutboundHttp(Set.of("localhost"), TIME);

  @BeforeEach
  void start() {
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/large", exchange -> answer(exchange, new byte[MAX_ANSWER + 1]));
    server.createContext("/never", exchange -> Await.until(Duration.ofSeconds(20), isOver::get));
    server.createContext("/drop-by-drop", exchange -> answerOn(exchange, 1));
    server.createContext("/endless", exchange -> answerOn(exchange, MAX_ANSWER));
    server.start();
  }

  @AfterEach
  void stop() {
    isOver.set(true);
    http.close();
    server.stop(0);
  }

  private static void answer(HttpExchange exchange, byte[] body) throws IOException {
    exchange.sendResponseHeaders(200, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private void answerOn(HttpExchange exchange, int bytes) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      while (!isOver.get()) {
        out.write(new byte[bytes]);
        out.flush();
        Await.pass(Duration.ofMillis(10));
      }
    }
  }

  @Test
  @DisplayName("reads so much of an answer and no more")
  void cut() throws IOException {
    assertThat(http.get(url.resolve("/large")).body()).hasSize(MAX_ANSWER);
  }

  @Test
  @DisplayName("ends in time, however slowly or long the other side answers")
  void time() {
    for (String path : new String[] {"/never", "/drop-by-drop", "/endless"}) {
      assertThatThrownBy(() -> http.post(url.resolve(path), Map.of(), new byte[0]))
          .as(path)
          .isInstanceOf(IOException.class)
          .hasMessage("no answer within 500 ms");
    }
  }

  @Test
  @DisplayName("does not go where a name leads inside, unless the operator named it")
  void inside() {
    OutboundHttp careful = new OutboundHttp(Set.of(), TIME);
    try {
      assertThatThrownBy(() -> careful.get(url.resolve("/large")))
          .isInstanceOf(UnknownHostException.class)
          .hasMessageContaining("localhost is no public address");
    } finally {
      careful.close();
    }
  }
}
