package org.drawbridge.kernel;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.resource.ClassLoaderResourceAccessor;

/**
 * Brings the schema up to date before anything else uses it. A failure is told in one line and
 * fails the deployment.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class Migration {

  /** Any number that nobody else takes in this database. */
  private static final long LOCK = 0x64726177627269L;

  @Inject Vault vault;

  private volatile boolean done;

  @PostConstruct
  void migrate() {
    try {
      run(new Database(), vault);
      done = true;
    } catch (SQLException | LiquibaseException e) {
      // A database that cannot be reached has said so itself, and the first line counts.
      StartFailure.report("The schema cannot be migrated: " + e.getMessage());
      throw new IllegalStateException("The schema cannot be migrated", e);
    } catch (BadSetting e) {
      StartFailure.report(String.valueOf(e.getMessage()));
      throw e;
    }
  }

  public boolean isDone() {
    return done;
  }

  /**
   * Applies what is missing; for a database that is up to date it changes nothing. Waits while
   * another node does.
   *
   * @throws BadSetting where the master key is not the one of this database
   */
  static void run(Database database, Vault vault) throws SQLException, LiquibaseException {
    try (Connection connection = database.getConnection()) {
      if (!database.isEmbedded()) {
        waitForOthers(connection);
      }
      ClassLoader loader = Migration.class.getClassLoader();
      try {
        Scope.child(
            Map.of(
                Scope.Attr.classLoader.name(),
                loader,
                Scope.Attr.resourceAccessor.name(),
                new ClassLoaderResourceAccessor(loader)),
            () -> {
              liquibase.database.Database target =
                  DatabaseFactory.getInstance()
                      .findCorrectDatabaseImplementation(new JdbcConnection(connection));
              try (Liquibase liquibase =
                  new Liquibase(
                      "liquibase/changelog.xml", new ClassLoaderResourceAccessor(loader), target)) {
                // Whoever has held it is gone, and killed before it could let go.
                liquibase.forceReleaseLocks();
                liquibase.update(new Contexts(), new LabelExpression());
                MasterKeyCheck.run(connection, vault);
                connection.commit();
              }
            });
      } catch (LiquibaseException | SQLException | BadSetting e) {
        throw e;
      } catch (Exception e) {
        throw new LiquibaseException(e);
      }
    }
  }

  /**
   * Liquibase's own lock is a row, which stays locked when its node is killed, in a table that
   * nodes which start together would make at the same time. PostgreSQL's ends with the connection.
   */
  private static void waitForOthers(Connection connection) throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement("select pg_advisory_lock(?)")) {
      lock.setLong(1, LOCK);
      lock.execute();
    }
  }
}
