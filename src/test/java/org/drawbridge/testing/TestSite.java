package org.drawbridge.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A customer's web site on loopback, with the files and redirects that a test puts there. */
public final class TestSite implements AutoCloseable {

  private final HttpServer server;
  private final Map<String, String> files = new ConcurrentHashMap<>();
  private final Map<String, String> redirects = new ConcurrentHashMap<>();

  private TestSite(HttpServer server) {
    this.server = server;
  }

  public static TestSite open() {
    HttpServer server = Loopback.httpServer();
    TestSite site = new TestSite(server);
    server.createContext("/", site::serve);
    server.start();
    return site;
  }

  public String url() {
    return Loopback.url(server).toString();
  }

  public void file(String path, String content) {
    files.put(path, content);
  }

  public void redirect(String path, String location) {
    redirects.put(path, location);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (redirects.containsKey(path)) {
        exchange.getResponseHeaders().set("Location", redirects.get(path));
        exchange.sendResponseHeaders(302, -1);
      } else if (files.containsKey(path)) {
        byte[] content = files.get(path).getBytes(UTF_8);
        exchange.sendResponseHeaders(200, content.length);
        exchange.getResponseBody().write(content);
      } else {
        exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
