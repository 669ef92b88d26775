package org.drawbridge.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A network between two programs on loopback that a test can cut, silence, and mend. */
public final class NetworkLink implements AutoCloseable {

  private enum State {
    UP,
    /** Connections are closed, and new ones too. */
    CUT,
    /** Connections stay open, but nothing comes through. */
    SILENT
  }

  private final ServerSocket listener;
  private final int target;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile State state = State.UP;

  /**
   * @param target the loopback port that it leads to
   */
  public NetworkLink(int target) {
    try {
      this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.target = target;
    daemon(this::accept);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** How many have led through until now. */
  public int connections() {
    return connections.get();
  }

  public void cut() {
    state = State.CUT;
    open.forEach(NetworkLink::close);
    open.clear();
  }

  public void silence() {
    state = State.SILENT;
  }

  public void mend() {
    state = State.UP;
  }

  @Override
  public void close() {
    cut();
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket near = listener.accept();
        if (state == State.CUT) {
          close(near);
          continue;
        }
        Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(near);
        open.add(far);
        connections.incrementAndGet();
        daemon(() -> forward(near, far));
        daemon(() -> forward(far, near));
      } catch (IOException e) {
        // The listener was closed, or the far end is not there: the caller sees it.
      }
    }
  }

  private void forward(Socket from, Socket to) {
    byte[] buffer = new byte[8192];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        while (state == State.SILENT) {
          LockSupport.parkNanos(5_000_000);
        }
        out.write(buffer, 0, read);
        out.flush();
      }
    } catch (IOException e) {
      // One end is gone; the other is told below.
    } finally {
      close(from);
      close(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // Closed already.
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    thread.start();
  }
}
