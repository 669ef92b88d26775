package org.drawbridge.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** An SMTP server on loopback that answers every recipient with the same refusal. */
public final class StubbornMailServer implements AutoCloseable {

  private final ServerSocket listener;

  /**
   * @param refusal an SMTP reply (RFC 5321 section 4.2), such as {@code 550 no such user}
   */
  public StubbornMailServer(String refusal) {
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread thread = new Thread(() -> serve(refusal));
    thread.setDaemon(true);
    thread.start();
  }

  public String url() {
    return "smtp://localhost:" + listener.getLocalPort();
  }

  private void serve(String refusal) {
    try (Socket socket = listener.accept();
        BufferedReader in =
            new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
        OutputStream out = socket.getOutputStream()) {
      answer(out, "220 here");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        answer(out, line.startsWith("RCPT") ? refusal : "250 ok");
      }
    } catch (IOException e) {
      // The client has gone.
    }
  }

  private static void answer(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(US_ASCII));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
