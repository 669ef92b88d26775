package org.drawbridge.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes mail on loopback as fast as it comes (RFC 5321), and keeps the message ids alone. */
final class SmtpSink {

  private final ServerSocket listener;
  private final AtomicInteger mails = new AtomicInteger();
  private final Set<String> ids = ConcurrentHashMap.newKeySet();

  SmtpSink() throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(
        () -> {
          while (true) {
            Socket socket = listener.accept();
            daemon(() -> serve(socket));
          }
        });
  }

  int port() {
    return listener.getLocalPort();
  }

  int mails() {
    return mails.get();
  }

  int different() {
    return ids.size();
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void daemon(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // The connection is gone.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private void serve(Socket socket) throws IOException {
    try (socket;
        BufferedReader in =
            new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
        OutputStream out = socket.getOutputStream()) {
      answer(out, "220 sink");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String command = line.toUpperCase(Locale.ROOT);
        if (command.equals("DATA")) {
          answer(out, "354 go on");
          read(in);
        } else if (command.equals("QUIT")) {
          answer(out, "221 bye");
          return;
        }
        answer(out, "250 ok");
      }
    }
  }

  private void read(BufferedReader in) throws IOException {
    for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
      if (line.startsWith("Message-ID:")) {
        ids.add(line);
        mails.incrementAndGet();
      }
    }
  }

  private static void answer(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(US_ASCII));
    out.flush();
  }
}
