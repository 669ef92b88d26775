package org.drawbridge.kernel;

import jakarta.annotation.sql.DataSourceDefinition;
import java.io.PrintWriter;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The one database: the embedded H2 file, or what {@code DRAWBRIDGE_DB_URL} names. The server pools
 * it under {@value #JNDI_NAME} without any configuration of its own; whoever needs a connection
 * outside that pool (migration, the writer of checks) opens one here.
 */
@DataSourceDefinition(
    name = Database.JNDI_NAME,
    className = "org.drawbridge.kernel.Database",
    minPoolSize = 2,
    maxPoolSize = Database.MAX_POOL_SIZE,
    transactional = true,
    properties = {
      // WildFly wants at least one property of ours.
      "applicationName=drawbridge",
      // Payara: a connection that the network has broken is noticed before it is handed out.
      "fish.payara.is-connection-validation-required=true",
      "fish.payara.connection-validation-method=custom-validation",
      "fish.payara.validation-classname=org.glassfish.api.jdbc.validation.JDBC40ConnectionValidation",
      // Not at each use: that takes a round trip, and a class loader's lock, one thread at a time.
      "fish.payara.validate-atmost-once-period-in-seconds=1",
      "fish.payara.fail-all-connections=true"
    })
public class Database implements DataSource {

  public static final String JNDI_NAME = "java:app/jdbc/drawbridge";

  static final int MAX_POOL_SIZE = 24;

  /** Of all instances, because the server makes some of its own. */
  static final OpenConnections CONNECTIONS = new OpenConnections();

  /** Whether this process ever had a connection; until then, a failure fails the start. */
  private static volatile boolean reached;

  private final DataSource driver;
  private final boolean embedded;
  private final String setting;
  private final String url;
  private String applicationName = "drawbridge";

  public Database() {
    this(settings());
  }

  Database(Settings settings) {
    setting = settings.databaseUrl().isPresent() ? "DRAWBRIDGE_DB_URL" : "DRAWBRIDGE_DATA_DIR";
    url = settings.databaseUrl().orElseGet(() -> embeddedUrl(settings));
    embedded = url.startsWith("jdbc:h2:");
    driver = embedded ? h2(url, settings) : postgres(url, settings);
  }

  private static Settings settings() {
    try {
      return Settings.current();
    } catch (BadSetting e) {
      StartFailure.report(String.valueOf(e.getMessage()));
      throw e;
    }
  }

  /** Whether this is H2 inside our own process, so that no other node can write to it. */
  public boolean isEmbedded() {
    return embedded;
  }

  private static String embeddedUrl(Settings settings) {
    // WRITE_DELAY=0: a commit is in the file before it is answered, so that a kill loses nothing.
    return "jdbc:h2:file:"
        + settings.dataDir().resolve("drawbridge")
        + ";WRITE_DELAY=0;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000";
  }

  private static DataSource h2(String url, Settings settings) {
    JdbcDataSource h2 = new JdbcDataSource();
    h2.setURL(url);
    h2.setUser(settings.databaseUser() == null ? "sa" : settings.databaseUser());
    h2.setPassword(settings.databasePassword() == null ? "" : settings.databasePassword());
    return h2;
  }

  private static DataSource postgres(String url, Settings settings) {
    PGSimpleDataSource postgres = new PGSimpleDataSource();
    try {
      postgres.setUrl(url);
    } catch (IllegalArgumentException e) {
      BadSetting bad = new BadSetting("DRAWBRIDGE_DB_URL", "is not a PostgreSQL JDBC URL");
      StartFailure.report(String.valueOf(bad.getMessage()));
      throw bad;
    }
    if (settings.databaseUser() != null) {
      postgres.setUser(settings.databaseUser());
    }
    if (settings.databasePassword() != null) {
      postgres.setPassword(settings.databasePassword());
    }
    if (postgres.getConnectTimeout() == 0 || postgres.getConnectTimeout() > 5) {
      postgres.setConnectTimeout(5);
    }
    if (postgres.getSocketTimeout() == 0) {
      // A silent network ends a statement at last; no statement of ours takes that long.
      postgres.setSocketTimeout(60);
    }
    postgres.setTcpKeepAlive(true);
    postgres.setApplicationName("drawbridge");
    return postgres;
  }

  @Override
  public Connection getConnection() throws SQLException {
    try {
      Connection connection = driver.getConnection();
      reached = true;
      return CONNECTIONS.opened(connection);
    } catch (SQLException e) {
      if (!reached) {
        // The server's pool, Hibernate and the migration all come here; the first tells.
        StartFailure.report(unreachable(e));
      }
      throw e;
    }
  }

  private String unreachable(SQLException e) {
    if (embedded && e.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1) {
      return setting + ": another process has the database of this folder open";
    }
    String why = String.valueOf(e.getMessage());
    if (e.getCause() instanceof UnknownHostException unknown) {
      why = "unknown host " + unknown.getMessage();
    }
    // H2 repeats the URL, which may hold a password.
    return setting + ": the database cannot be reached: " + why.replace(url, "the URL");
  }

  @Override
  public Connection getConnection(@Nullable String user, @Nullable String password)
      throws SQLException {
    // Servers pass what the definition holds, which is nothing: the settings count.
    return getConnection();
  }

  public String getApplicationName() {
    return applicationName;
  }

  public void setApplicationName(String applicationName) {
    this.applicationName = applicationName;
  }

  @Override
  public @Nullable PrintWriter getLogWriter() throws SQLException {
    return driver.getLogWriter();
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
    driver.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    driver.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return driver.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getLogger("org.drawbridge");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    return driver.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return type.isInstance(this) || driver.isWrapperFor(type);
  }
}
