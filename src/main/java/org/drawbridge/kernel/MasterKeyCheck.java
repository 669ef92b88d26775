package org.drawbridge.kernel;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Compares the master key with the one that the database was last written with. With another key,
 * what is there could not be opened, and no other node could open what this one adds.
 *
 * <p>The database holds a MAC of a known text, made by the first start. The current key of the
 * latest start makes it anew, so that a rotation is a matter of naming both keys; a node that knows
 * only the old one cannot start any more.
 */
final class MasterKeyCheck {

  private static final String PURPOSE = "master key of the database";
  private static final byte[] TEXT = "Drawbridge".getBytes(StandardCharsets.UTF_8);

  private MasterKeyCheck() {}

  /**
   * Of nodes that start together, one at a time.
   *
   * @throws BadSetting where the vault has another key
   */
  static void run(Connection connection, Vault vault) throws SQLException {
    byte[] known = known(connection);
    if (known != null && !vault.isMac(PURPOSE, TEXT, known)) {
      throw new BadSetting(
          "DRAWBRIDGE_MASTER_KEY",
          "must be the key that this database was written with, or a new one, a comma and that key");
    }
    String write =
        known == null ? "insert into master_key (mac) values (?)" : "update master_key set mac = ?";
    try (PreparedStatement statement = connection.prepareStatement(write)) {
      statement.setBytes(1, vault.mac(PURPOSE, TEXT));
      statement.executeUpdate();
    }
  }

  private static byte @Nullable [] known(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select mac from master_key")) {
      return row.next() ? row.getBytes(1) : null;
    }
  }
}
