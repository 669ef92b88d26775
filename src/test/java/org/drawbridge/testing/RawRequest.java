package org.drawbridge.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;

/** Sends what no HTTP client would, byte by byte. */
public final class RawRequest {

  private static final int PATIENCE_MILLIS = 30_000;

  private RawRequest() {}

  /**
   * A GET of exactly that target; answers the response as it came, status line, headers and body.
   *
   * @param headers each line ended by CR LF
   */
  public static String get(URI server, String target, String headers) {
    String request =
        "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n%s\r\n"
            .formatted(target, server.getAuthority(), headers);
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
