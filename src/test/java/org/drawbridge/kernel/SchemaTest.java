package org.drawbridge.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.persistence.Entity;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.drawbridge.testing.Postgres;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.StandardServiceRegistry;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.cfg.AvailableSettings;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The schema")
class SchemaTest {

  private static final int KEY_COLUMN = 4;
  private static final int KEY_SEQUENCE = 5;
  private static final int NODES = 3;

  @TempDir static Path dataDir;

  private static final Map<Kind, Database> MIGRATED = new EnumMap<>(Kind.class);

  /** The databases that the product runs on. */
  enum Kind {
    H2 {
      @Override
      Map<String, String> newDatabase(Path dataDir) {
        return Map.of(
            "DRAWBRIDGE_DB_URL", "jdbc:h2:" + dataDir.resolve("schema") + ";DB_CLOSE_DELAY=0");
      }
    },
    POSTGRESQL {
      @Override
      Map<String, String> newDatabase(Path dataDir) {
        return Postgres.shared().newDatabase();
      }
    };

    abstract Map<String, String> newDatabase(Path dataDir);
  }

  /** One for all tests of its kind: each leaves the schema as it found it. */
  private static synchronized Database migrated(Kind kind) throws Exception {
    Database database = MIGRATED.get(kind);
    if (database == null) {
      database =
          new Database(
              MapConfig.settings(
                  kind.newDatabase(dataDir), "DRAWBRIDGE_DATA_DIR", dataDir.toString()));
      Migration.run(database, TestVault.any());
      MIGRATED.put(kind, database);
    }
    return database;
  }

  private static void execute(Database database, String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @ParameterizedTest
  @DisplayName("is what the entities expect")
  @EnumSource
  void entitiesFit(Kind kind) throws Exception {
    validate(migrated(kind));
  }

  @ParameterizedTest
  @DisplayName("is seen not to fit the entities when a column is missing")
  @EnumSource
  void missingColumn(Kind kind) throws Exception {
    Database database = migrated(kind);
    execute(database, "alter table accounts drop column user_token_generation");
    try {
      assertThatThrownBy(() -> validate(database)).hasMessageContaining("user_token_generation");
    } finally {
      execute(database, "alter table accounts add column user_token_generation integer not null");
    }
  }

  @ParameterizedTest
  @DisplayName("is not changed by a second migration")
  @EnumSource
  void migratedTwice(Kind kind) throws Exception {
    Database database = migrated(kind);
    Map<String, List<String>> before = described(database);
    int changeSets = changeSets(database);
    Migration.run(database, TestVault.any());
    assertThat(described(database)).isEqualTo(before);
    assertThat(changeSets(database)).isEqualTo(changeSets).isPositive();
  }

  @ParameterizedTest
  @DisplayName(
      "is migrated though a node was killed while it did, and could not let go of the lock")
  @EnumSource
  @Timeout(60)
  void killedInMigration(Kind kind) throws Exception {
    Database database = migrated(kind);
    execute(
        database,
        "update databasechangeloglock set locked = true, lockgranted = current_timestamp,"
            + " lockedby = 'a node that was killed'");
    Migration.run(database, TestVault.any());
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select locked from databasechangeloglock")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getBoolean(1)).isFalse();
    }
  }

  @ParameterizedTest
  @DisplayName("is migrated on where change set 018 was run as it was at first")
  @EnumSource
  void earlierLookups(Kind kind) throws Exception {
    Database database = migrated(kind);
    execute(
        database,
        "update databasechangelog set md5sum = '9:00000000000000000000000000000000'"
            + " where id = 'checks-by-account'");
    Migration.run(database, TestVault.any());
  }

  @ParameterizedTest
  @DisplayName("has applications of before without the usual ports, as far as no other is there")
  @EnumSource
  void usualPorts(Kind kind) throws Exception {
    Database database = migrated(kind);
    execute(database, "delete from databasechangelog where id = 'usual-ports'");
    UUID company = UUID.randomUUID();
    execute(
        database,
        "insert into companies (company_id, name, created_at, version) values ('%s', 'A', now(), 0)"
            .formatted(company));
    List<String> before =
        List.of(
            "http://a.test:443",
            "http://a.test:80",
            "https://a.test:443",
            "https://a.test:80",
            "https://b.test",
            "https://b.test:443",
            "https://c.test:8443");
    try {
      for (String url : before) {
        execute(
            database,
            "insert into applications (company_id, id, name, url, host, validation_token,"
                + " unknown_account, on_failure, initial_lock_status, created_at, keys_changed_at,"
                + " version) values ('%s', '%s', 'A', '%s', 'a', 'a', 'ALLOW', 'ALLOW', false,"
                    .formatted(company, UUID.randomUUID(), url)
                + " now(), now(), 0)");
      }
      Migration.run(database, TestVault.any());
      assertThat(urls(database))
          .containsExactly(
              "http://a.test",
              "http://a.test:443",
              "https://a.test",
              "https://a.test:80",
              "https://b.test",
              "https://b.test:443",
              "https://c.test:8443");
    } finally {
      execute(database, "delete from applications");
      execute(database, "delete from companies");
    }
  }

  private static List<String> urls(Database database) throws SQLException {
    List<String> urls = new ArrayList<>();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select url from applications")) {
      while (row.next()) {
        urls.add(row.getString(1));
      }
    }
    urls.sort(null);
    return urls;
  }

  @Test
  @DisplayName("is migrated by one of the nodes that start together on an empty PostgreSQL")
  @Timeout(60)
  void migratedTogether() throws Exception {
    Map<String, String> settings = Kind.POSTGRESQL.newDatabase(dataDir);
    CyclicBarrier start = new CyclicBarrier(NODES);
    ExecutorService nodes = Executors.newFixedThreadPool(NODES);
    try {
      List<Future<Database>> started = new ArrayList<>();
      for (int i = 0; i < NODES; i++) {
        started.add(
            nodes.submit(
                () -> {
                  Database database =
                      new Database(
                          MapConfig.settings(settings, "DRAWBRIDGE_DATA_DIR", dataDir.toString()));
                  start.await();
                  Migration.run(database, TestVault.any());
                  return database;
                }));
      }
      for (Future<Database> node : started) {
        assertThat(changeSets(node.get())).isEqualTo(changeSets(migrated(Kind.POSTGRESQL)));
      }
    } finally {
      nodes.shutdownNow();
    }
  }

  @ParameterizedTest
  @DisplayName("is of one master key, which is rotated by a start that names both, new one first")
  @EnumSource
  void masterKey(Kind kind) throws Exception {
    Database database = migrated(kind);
    String first = TestVault.key('k');
    String second = TestVault.key('n');
    Migration.run(database, TestVault.of(first));
    assertOtherMasterKey(database, second);
    Migration.run(database, TestVault.of(second + "," + first));
    assertOtherMasterKey(database, first);
    Migration.run(database, TestVault.of(second));
    Migration.run(database, TestVault.of(first + "," + second));
  }

  private static void assertOtherMasterKey(Database database, String key) {
    assertThatThrownBy(() -> Migration.run(database, TestVault.of(key)))
        .isInstanceOf(BadSetting.class)
        .hasMessageStartingWith("DRAWBRIDGE_MASTER_KEY: must be ")
        .hasMessageNotContaining(key);
  }

  @Test
  @DisplayName("is of the master key of one of the nodes that start together, each with its own")
  @Timeout(60)
  void masterKeysTogether() throws Exception {
    Map<String, String> settings = Kind.POSTGRESQL.newDatabase(dataDir);
    CyclicBarrier start = new CyclicBarrier(NODES);
    ExecutorService nodes = Executors.newFixedThreadPool(NODES);
    try {
      List<Future<Boolean>> started = new ArrayList<>();
      for (int i = 0; i < NODES; i++) {
        Vault vault = TestVault.of(TestVault.key((char) ('a' + i)));
        started.add(
            nodes.submit(
                () -> {
                  Database database =
                      new Database(
                          MapConfig.settings(settings, "DRAWBRIDGE_DATA_DIR", dataDir.toString()));
                  start.await();
                  try {
                    Migration.run(database, vault);
                    return true;
                  } catch (BadSetting e) {
                    return false;
                  }
                }));
      }
      int up = 0;
      for (Future<Boolean> node : started) {
        up += node.get() ? 1 : 0;
      }
      assertThat(up).isOne();
    } finally {
      nodes.shutdownNow();
    }
  }

  @Test
  @DisplayName("has room on PostgreSQL to lock all accounts at once without writing to an index")
  void roomForUpdates() throws Exception {
    try (Connection connection = migrated(Kind.POSTGRESQL).getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      // Until the end of the transaction no application is needed.
      statement.execute("alter table accounts drop constraint accounts_of_application");
      statement.execute(
          "insert into accounts (company_id, id, application_id, user_account_id, enabled,"
              + " auto_relock_allowed, locked, unlocked_at, user_token_generation, created_at,"
              + " version) select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(),"
              + " 'person' || n || '@example.com', true, true, false, now(), 0, now(), 0"
              + " from generate_series(1, 5000) n");
      statement.execute(
          "update accounts set policy_effect = 'ALLOW_UNLOCK', version = version + 1");
      try (ResultSet row =
          statement.executeQuery(
              "select n_tup_upd, n_tup_upd - n_tup_hot_upd from pg_stat_xact_user_tables"
                  + " where relname = 'accounts'")) {
        assertThat(row.next()).isTrue();
        assertThat(row.getLong(1)).isEqualTo(5000);
        assertThat(row.getLong(2)).as("with new entries in indexes").isZero();
      }
      connection.rollback();
    }
  }

  @ParameterizedTest
  @DisplayName("begins every primary key, unique key and foreign key with the company")
  @EnumSource
  void keysBeginWithCompany(Kind kind) throws Exception {
    Map<String, List<String>> keys = keys(migrated(kind));
    assertThat(keys).hasSizeGreaterThan(20);
    // The one table that is nobody's, and has one row.
    assertThat(keys.values().removeIf(columns -> columns.equals(List.of("mac")))).isTrue();
    assertThat(keys)
        .allSatisfy((key, columns) -> assertThat(columns.get(0)).isEqualTo("company_id"));
  }

  @ParameterizedTest
  @DisplayName("is seen to break that rule when a key does not begin with the company")
  @EnumSource
  void keyWithoutCompany(Kind kind) throws Exception {
    Database database = migrated(kind);
    execute(database, "alter table users add constraint planted unique (email, company_id)");
    try {
      assertThat(keys(database).values()).contains(List.of("email", "company_id"));
    } finally {
      execute(database, "alter table users drop constraint planted");
    }
  }

  @ParameterizedTest
  @DisplayName("gives every table a primary key")
  @EnumSource
  void primaryKeys(Kind kind) throws Exception {
    Database database = migrated(kind);
    try (Connection connection = database.getConnection()) {
      DatabaseMetaData metaData = connection.getMetaData();
      assertThat(tables(connection))
          .isNotEmpty()
          .allSatisfy(
              table ->
                  assertThat(columns(metaData.getPrimaryKeys(null, schema(connection), table)))
                      .as(table)
                      .isNotEmpty());
    }
  }

  /** Hibernate compares each entity with its table. */
  private static void validate(Database database) {
    StandardServiceRegistry registry =
        new StandardServiceRegistryBuilder()
            .applySetting(AvailableSettings.JAKARTA_NON_JTA_DATASOURCE, database)
            .applySetting(AvailableSettings.HBM2DDL_AUTO, "validate")
            .applySetting(AvailableSettings.JDBC_TIME_ZONE, "UTC")
            .build();
    try {
      MetadataSources sources = new MetadataSources(registry);
      entities().forEach(sources::addAnnotatedClass);
      sources.buildMetadata().buildSessionFactory().close();
    } finally {
      StandardServiceRegistryBuilder.destroy(registry);
    }
  }

  private static List<Class<?>> entities() {
    List<Class<?>> entities = new ArrayList<>();
    new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.drawbridge")
            .stream()
            .filter(type -> type.isAnnotatedWith(Entity.class))
            .map(JavaClass::reflect)
            .forEach(entities::add);
    assertThat(entities).hasSizeGreaterThan(10);
    return entities;
  }

  private static int changeSets(Database database) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from databasechangelog")) {
      row.next();
      return row.getInt(1);
    }
  }

  /** Every column and key, as text. */
  private static Map<String, List<String>> described(Database database) throws SQLException {
    Map<String, List<String>> described = new TreeMap<>(keys(database));
    try (Connection connection = database.getConnection()) {
      for (String table : tables(connection)) {
        List<String> columns = new ArrayList<>();
        try (ResultSet row =
            connection.getMetaData().getColumns(null, schema(connection), table, null)) {
          while (row.next()) {
            columns.add(
                "%s %s %s %s"
                    .formatted(
                        row.getString("COLUMN_NAME"),
                        row.getString("TYPE_NAME"),
                        row.getString("COLUMN_SIZE"),
                        row.getString("IS_NULLABLE")));
          }
        }
        described.put(table, columns);
      }
    }
    return described;
  }

  /** The columns of each primary key, unique key and foreign key, in the key's order. */
  private static Map<String, List<String>> keys(Database database) throws SQLException {
    Map<String, List<String>> keys = new TreeMap<>();
    try (Connection connection = database.getConnection()) {
      DatabaseMetaData metaData = connection.getMetaData();
      String schema = schema(connection);
      for (String table : tables(connection)) {
        keys.put(table + " primary", columns(metaData.getPrimaryKeys(null, schema, table)));
        collect(
            keys,
            metaData.getIndexInfo(null, schema, table, true, false),
            "INDEX_NAME",
            "ORDINAL_POSITION",
            "COLUMN_NAME");
        collect(
            keys,
            metaData.getImportedKeys(null, schema, table),
            "FK_NAME",
            "KEY_SEQ",
            "FKCOLUMN_NAME");
      }
    }
    return keys;
  }

  private static List<String> columns(ResultSet primaryKey) throws SQLException {
    Map<Integer, String> columns = new TreeMap<>();
    try (primaryKey) {
      while (primaryKey.next()) {
        columns.put(
            primaryKey.getInt(KEY_SEQUENCE),
            primaryKey.getString(KEY_COLUMN).toLowerCase(Locale.ROOT));
      }
    }
    return List.copyOf(columns.values());
  }

  private static void collect(
      Map<String, List<String>> keys, ResultSet rows, String name, String position, String column)
      throws SQLException {
    Map<String, Map<Integer, String>> found = new HashMap<>();
    try (rows) {
      while (rows.next()) {
        if (rows.getString(name) != null && rows.getString(column) != null) {
          found
              .computeIfAbsent(rows.getString(name), key -> new TreeMap<>())
              .put(rows.getInt(position), rows.getString(column).toLowerCase(Locale.ROOT));
        }
      }
    }
    found.forEach((key, columns) -> keys.put(key, List.copyOf(columns.values())));
  }

  private static List<String> tables(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet row =
        connection
            .getMetaData()
            .getTables(null, schema(connection), null, new String[] {"TABLE", "BASE TABLE"})) {
      while (row.next()) {
        String table = row.getString("TABLE_NAME");
        // Liquibase's own.
        if (!table.toLowerCase(Locale.ROOT).startsWith("databasechangelog")) {
          tables.add(table);
        }
      }
    }
    return tables;
  }

  private static String schema(Connection connection) throws SQLException {
    return connection.getSchema();
  }
}
