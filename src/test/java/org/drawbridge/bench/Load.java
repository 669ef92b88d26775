package org.drawbridge.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Puts load on a loopback address over keep-alive connections, each with one request under way,
 * from a single thread, because the machine that is measured also has to carry the one who
 * measures. That thread never waits but for the server: an answer is read when it comes.
 */
final class Load {

  /**
   * What one run gave. Latencies are from the first byte sent to the last byte received, and
   * include the time for which a request was due and no connection was free.
   */
  record Result(int answered, int wrong, Duration time, long[] sortedNanos, List<String> bodies) {

    double perSecond() {
      return answered / (time.toNanos() / 1e9);
    }

    double percentileMillis(double percentile) {
      if (sortedNanos.length == 0) {
        return Double.NaN;
      }
      int index = (int) Math.ceil(percentile * sortedNanos.length) - 1;
      return sortedNanos[Math.max(0, index)] / 1e6;
    }
  }

  private final int port;
  private final int connections;
  private final Supplier<byte[]> requests;
  private final Predicate<String> isRight;
  private final boolean keepBodies;
  private final long nanosBetween;

  /**
   * As many requests as are answered.
   *
   * @param requests each a whole HTTP/1.1 request
   * @param isRight tells by the body whether a 200 answer is as it must be
   */
  Load(
      int port,
      int connections,
      Supplier<byte[]> requests,
      Predicate<String> isRight,
      boolean keepBodies) {
    this(port, connections, requests, isRight, keepBodies, 0);
  }

  private Load(
      int port,
      int connections,
      Supplier<byte[]> requests,
      Predicate<String> isRight,
      boolean keepBodies,
      long nanosBetween) {
    this.port = port;
    this.connections = connections;
    this.requests = requests;
    this.isRight = isRight;
    this.keepBodies = keepBodies;
    this.nanosBetween = nanosBetween;
  }

  /** The same with so many requests a second, at a steady pace, as long as there are answers. */
  Load atPace(int perSecond) {
    return new Load(port, connections, requests, isRight, keepBodies, 1_000_000_000L / perSecond);
  }

  Result run(Duration duration) throws IOException {
    return run(duration, () -> false);
  }

  /** Ends early once the condition holds. */
  Result run(Duration duration, BooleanSupplier isOver) throws IOException {
    List<String> bodies = new ArrayList<>();
    long[] nanos = new long[1 << 16];
    int answered = 0;
    int wrong = 0;
    long start = System.nanoTime();
    long end = start + duration.toNanos();
    long due = start;
    try (Selector selector = Selector.open()) {
      Deque<Exchange> idle = new ArrayDeque<>();
      for (int i = 0; i < connections; i++) {
        idle.add(new Exchange(selector));
      }
      while (true) {
        long now = System.nanoTime();
        boolean goesOn = now < end && !isOver.getAsBoolean();
        if (!goesOn && idle.size() == connections) {
          break;
        }
        while (goesOn && !idle.isEmpty() && (nanosBetween == 0 || due <= now)) {
          idle.remove().send(requests.get(), due);
          due += nanosBetween;
        }
        selector.select(goesOn && !idle.isEmpty() ? Math.max(1, (due - now) / 1_000_000) : 1000);
        for (SelectionKey key : selector.selectedKeys()) {
          Exchange exchange = (Exchange) key.attachment();
          String body = exchange.receive();
          if (body == null) {
            continue;
          }
          if (answered == nanos.length) {
            nanos = Arrays.copyOf(nanos, nanos.length * 2);
          }
          nanos[answered++] = exchange.idleSince - exchange.sentAt;
          if (!exchange.isOk || !isRight.test(body)) {
            wrong++;
          } else if (keepBodies) {
            bodies.add(body);
          }
          idle.add(exchange);
        }
        selector.selectedKeys().clear();
      }
      for (Exchange exchange : idle) {
        exchange.close();
      }
    }
    long[] sorted = Arrays.copyOf(nanos, answered);
    Arrays.sort(sorted);
    return new Result(answered, wrong, Duration.ofNanos(System.nanoTime() - start), sorted, bodies);
  }

  /** One connection and the request under way on it. */
  private final class Exchange {

    private final SocketChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);
    private long idleSince = System.nanoTime();
    private long sentAt;
    private boolean isOk;

    Exchange(Selector selector) throws IOException {
      channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, this);
    }

    /**
     * @param due when the request would have been sent, had a connection been free
     */
    void send(byte[] request, long due) throws IOException {
      boolean hasWaited = nanosBetween > 0 && idleSince > due;
      sentAt = hasWaited ? due : System.nanoTime();
      ByteBuffer out = ByteBuffer.wrap(request);
      // A request is far smaller than the socket's buffer.
      while (out.hasRemaining()) {
        channel.write(out);
      }
    }

    /** The body, once the answer is complete; null before. */
    String receive() throws IOException {
      if (channel.read(buffer) < 0) {
        throw new IOException("The server closed a connection");
      }
      String text = new String(buffer.array(), 0, buffer.position(), ISO_8859_1);
      int headEnd = text.indexOf("\r\n\r\n");
      if (headEnd < 0) {
        return null;
      }
      int length = contentLength(text, headEnd);
      if (text.length() < headEnd + 4 + length) {
        return null;
      }
      isOk = text.startsWith("HTTP/1.1 200");
      buffer.clear();
      idleSince = System.nanoTime();
      return text.substring(headEnd + 4, headEnd + 4 + length);
    }

    private int contentLength(String text, int headEnd) {
      String name = "\r\ncontent-length:";
      for (int i = text.indexOf("\r\n"); i >= 0 && i < headEnd; i = text.indexOf("\r\n", i + 2)) {
        if (text.regionMatches(true, i, name, 0, name.length())) {
          int lineEnd = text.indexOf("\r\n", i + 2);
          return Integer.parseInt(text.substring(i + name.length(), lineEnd).trim());
        }
      }
      throw new IllegalStateException("An answer without Content-Length: " + text);
    }

    void close() throws IOException {
      channel.close();
    }
  }
}
