package org.drawbridge.user.boundary;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import org.drawbridge.kernel.JsonBody;
import org.drawbridge.kernel.TimedWork;
import org.drawbridge.user.control.Imports;
import org.drawbridge.user.entity.UserImport;

/**
 * Works off accepted imports, one a second on each node. Rows that a node had imported before it
 * died are found again and count as existing.
 */
@Singleton
@Startup
@DependsOn("Migration")
@TransactionManagement(TransactionManagementType.BEAN)
public class ImportTimer {

  @Inject TimedWork work;
  @Inject Imports imports;
  @Inject ImportRows rows;
  @Inject Clock clock;

  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  void look() {
    work.inTransaction(this::importOldest);
  }

  private void importOldest() {
    Optional<UserImport> claimed = imports.claimOldest();
    claimed.ifPresent(
        accepted -> {
          var array =
              JsonBody.parse(accepted.request().getBytes(StandardCharsets.UTF_8)).asJsonArray();
          var results = rows.add(accepted.companyId(), array, accepted.actor());
          accepted.finish(ImportResults.json(results).toString(), clock.instant());
        });
  }
}
