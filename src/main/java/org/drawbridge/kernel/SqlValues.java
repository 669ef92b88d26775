package org.drawbridge.kernel;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How values go to both databases and come back, where statements are written by hand. */
public final class SqlValues {

  private SqlValues() {}

  /**
   * One member of each element, as an SQL array.
   *
   * @param type the element type, by a name that both databases know: uuid, varchar, boolean
   */
  public static <T> Array array(
      Connection connection,
      String type,
      Collection<T> elements,
      Function<T, @Nullable Object> member)
      throws SQLException {
    @Nullable Object[] values = new @Nullable Object[elements.size()];
    int i = 0;
    for (T element : elements) {
      values[i++] = member.apply(element);
    }
    return connection.createArrayOf(type, values);
  }

  /**
   * Executes an insert; answers the ids of the rows that are in.
   *
   * @param returning whether it leaves out rows that conflict, and answers the ids of the others
   * @param ids of all rows, which are in where none is left out
   */
  public static Set<UUID> inserted(
      PreparedStatement insert, boolean returning, Collection<UUID> ids) throws SQLException {
    if (!returning) {
      insert.executeUpdate();
      return Set.copyOf(ids);
    }
    Set<UUID> inserted = new HashSet<>();
    try (ResultSet row = insert.executeQuery()) {
      while (row.next()) {
        inserted.add(row.getObject(1, UUID.class));
      }
    }
    return inserted;
  }

  /** With the parameters set, in their order. */
  public static PreparedStatement prepared(
      Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }

  public static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  /** Null for NULL. */
  public static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
