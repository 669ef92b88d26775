package org.drawbridge.kernel;

import java.nio.file.Path;
import org.drawbridge.testing.Postgres;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL database with our schema and nothing in it, for tests that leave it as it is. */
public final class MigratedDatabase {

  private static @Nullable Database shared;

  private MigratedDatabase() {}

  /** The one of this JVM. */
  public static synchronized Database onPostgres() throws Exception {
    if (shared == null) {
      Database database =
          new Database(
              MapConfig.settings(
                  Postgres.shared().newDatabase(),
                  "DRAWBRIDGE_DATA_DIR",
                  Path.of("target").toString()));
      Migration.run(database, TestVault.any());
      shared = database;
    }
    return shared;
  }
}
