package org.drawbridge.testing;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/** HTTP servers of tests, on a free port of the loopback address. */
public final class Loopback {

  private Loopback() {}

  /** Not started yet. */
  public static HttpServer httpServer() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getByName("localhost"), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static URI url(HttpServer server) {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }
}
