package org.drawbridge.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How PostgreSQL would carry out a statement. */
public final class QueryPlan {

  private static final Pattern INDEX = Pattern.compile("Scan using (\\w+) on (\\w+)");
  private static final Pattern PARAMETER = Pattern.compile("\\?");
  private static final Pattern WHOLE = Pattern.compile("Seq Scan on (\\w+)");

  private QueryPlan() {}

  /**
   * The index by which each table is read; "none" for one that is read as a whole. As a writer's
   * connection plans it, which is once for whatever parameters.
   */
  public static Map<String, String> indexes(Connection connection, String sql) throws SQLException {
    List<String> parameters = new ArrayList<>();
    String numbered =
        PARAMETER
            .matcher(sql)
            .replaceAll(
                parameter -> {
                  parameters.add("null");
                  return "\\$" + parameters.size();
                });
    Map<String, String> indexes = new TreeMap<>();
    try (Statement statement = connection.createStatement()) {
      statement.execute("prepare planned as " + numbered);
      String planned = "planned(" + String.join(", ", parameters) + ")";
      try (ResultSet line = statement.executeQuery("explain execute " + planned)) {
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
      } finally {
        statement.execute("deallocate planned");
      }
    }
    return indexes;
  }
}
