package org.drawbridge.operation;

import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.drawbridge.kernel.Database;
import org.drawbridge.kernel.Migration;

/** Whether this node can serve requests. */
@ApplicationScoped
public class Readiness {

  private static final int SECONDS = 2;

  @Resource(lookup = Database.JNDI_NAME)
  DataSource pool;

  @EJB Migration migration;

  boolean isSchemaMigrated() {
    return migration.isDone();
  }

  boolean isDatabaseReachable() {
    try (Connection connection = pool.getConnection()) {
      return connection.isValid(SECONDS);
    } catch (SQLException e) {
      return false;
    }
  }
}
