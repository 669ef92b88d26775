package org.drawbridge.testing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How PostgreSQL would carry out a statement. */
public final class QueryPlan {

  private static final Pattern INDEX = Pattern.compile("Scan using (\\w+) on (\\w+)");
  private static final Pattern WHOLE = Pattern.compile("Seq Scan on (\\w+)");

  private QueryPlan() {}

  /** The index by which each table is read; "none" for one that is read as a whole. */
  public static Map<String, String> indexes(Connection connection, String sql) throws SQLException {
    Map<String, String> indexes = new TreeMap<>();
    try (PreparedStatement explain = connection.prepareStatement("explain " + sql)) {
      for (int i = 1; i <= explain.getParameterMetaData().getParameterCount(); i++) {
        String type = explain.getParameterMetaData().getParameterTypeName(i).substring(1);
        explain.setArray(i, connection.createArrayOf(type, new Object[1]));
      }
      try (ResultSet line = explain.executeQuery()) {
        while (line.next()) {
          Matcher index = INDEX.matcher(line.getString(1));
          if (index.find()) {
            indexes.put(index.group(2), index.group(1));
          }
          Matcher whole = WHOLE.matcher(line.getString(1));
          if (whole.find()) {
            indexes.put(whole.group(1), "none");
          }
        }
      }
    }
    return indexes;
  }
}
