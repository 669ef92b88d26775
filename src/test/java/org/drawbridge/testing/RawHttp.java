package org.drawbridge.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** Sends the bytes of a request just as they are, for requests that no HTTP client would send. */
public final class RawHttp {

  private static final int TIMEOUT_MILLIS = 10_000;

  private RawHttp() {}

  /**
   * What came back until the connection ended.
   *
   * @param status 0 where the server closed the connection without an answer
   */
  public record RawAnswer(int status, String text) {

    /** What follows the header lines. */
    public String body() {
      int end = text.indexOf("\r\n\r\n");
      return end < 0 ? "" : text.substring(end + 4);
    }
  }

  /** The request should say {@code Connection: close}. */
  public static RawAnswer send(int port, String request) {
    return send(port, request.getBytes(ISO_8859_1));
  }

  public static RawAnswer send(int port, byte[] request) {
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    try (Socket socket = new Socket(InetAddress.getByName("localhost"), port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write(request);
      socket.getOutputStream().flush();
      InputStream in = socket.getInputStream();
      byte[] buffer = new byte[8192];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        received.write(buffer, 0, n);
      }
    } catch (SocketTimeoutException e) {
      throw new AssertionError("The server neither answered in full nor closed", e);
    } catch (IOException e) {
      // A server may close on a request that it will not read to its end: what came, came.
      return answer(received.toString(ISO_8859_1));
    }
    return answer(received.toString(ISO_8859_1));
  }

  private static RawAnswer answer(String text) {
    boolean isHttp = text.matches("(?s)HTTP/1\\.[01] [0-9]{3}.*");
    return new RawAnswer(isHttp ? Integer.parseInt(text.substring(9, 12)) : 0, text);
  }
}
