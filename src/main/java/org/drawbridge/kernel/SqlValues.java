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
