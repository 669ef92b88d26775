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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An SMTP server on loopback that says ok to every command but one. */
public final class StubbornMailServer implements AutoCloseable {

  private final ServerSocket listener;
  private final String command;
  private final String reply;
  private final List<String> heard = new CopyOnWriteArrayList<>();

  /**
   * @param command what it begins with
   * @param reply to that command (RFC 5321 section 4.2), such as {@code 550 no such user}
   */
  public StubbornMailServer(String command, String reply) {
    this.command = command;
    this.reply = reply;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread thread = new Thread(this::serve);
    thread.setDaemon(true);
    thread.start();
  }

  public String url() {
    return "smtp://localhost:" + listener.getLocalPort();
  }

  /** The commands that came; after {@code STARTTLS}, the type of the first TLS record. */
  public List<String> heard() {
    return heard;
  }

  private void serve() {
    try (Socket socket = listener.accept();
        BufferedReader in =
            new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
        OutputStream out = socket.getOutputStream()) {
      answer(out, "220 here");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        heard.add(line);
        if (line.equals("STARTTLS")) {
          answer(out, "220 go on");
          heard.add("TLS record " + in.read());
          return;
        }
        answer(out, line.startsWith(command) ? reply : "250 ok");
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
