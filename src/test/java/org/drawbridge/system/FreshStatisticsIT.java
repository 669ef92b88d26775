package org.drawbridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.drawbridge.testing.Await;
import org.drawbridge.testing.SharedServer;
import org.drawbridge.testing.TestDatabase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A table that is new to PostgreSQL")
class FreshStatisticsIT {

  @Test
  @DisplayName("is counted within seconds, and again when it has doubled")
  void counted() {
    TestDatabase database = SharedServer.database();
    // Autovacuum must not do what the nodes are to do.
    database.execute("create table counted_by_nodes (n integer) with (autovacuum_enabled = off)");
    try {
      fill(database, 100);
      awaitCount(database, 100);
      fill(database, 200);
      awaitCount(database, 300);
    } finally {
      database.execute("drop table counted_by_nodes");
    }
  }

  private static void fill(TestDatabase database, int rows) {
    database.execute(
        "insert into counted_by_nodes select n from generate_series(1, " + rows + ") n");
  }

  private static void awaitCount(TestDatabase database, int rows) {
    String counted = "select reltuples from pg_class where relname = 'counted_by_nodes'";
    assertThat(Await.until(Duration.ofSeconds(30), () -> database.count(counted) == rows)).isTrue();
  }
}
