package org.drawbridge.kernel;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Knows the physical connections of this node. They are asked whether they are closed when somebody
 * wants the number, which costs no round trip, so that nothing stands between a connection and its
 * user.
 */
final class OpenConnections {

  private final Set<Connection> connections =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
  private final AtomicLong opened = new AtomicLong();

  /** Answers the connection itself. */
  Connection opened(Connection connection) {
    opened.incrementAndGet();
    connections.add(connection);
    return connection;
  }

  /** How many there are now. */
  int open() {
    connections.removeIf(OpenConnections::isClosed);
    return connections.size();
  }

  /** How many there have been. */
  long everOpened() {
    return opened.get();
  }

  private static boolean isClosed(Connection connection) {
    try {
      return connection.isClosed();
    } catch (SQLException e) {
      return true;
    }
  }
}
