package org.drawbridge.company.boundary;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import org.drawbridge.company.control.KeyUse;
import org.drawbridge.kernel.OwnTransaction;
import org.drawbridge.kernel.TimedWork;

/** Writes down every 30 seconds which keys were used. */
@Singleton
@DependsOn("Migration")
@TransactionManagement(TransactionManagementType.BEAN)
public class KeyUseTimer {

  @Inject TimedWork work;
  @Inject OwnTransaction transaction;
  @Inject KeyUse use;

  @Schedule(hour = "*", minute = "*", second = "*/30", persistent = false)
  void write() {
    work.run(
        () -> {
          var noted = use.noted();
          transaction.run(() -> use.write(noted));
          use.forget(noted);
        });
  }
}
