package org.drawbridge.company.boundary;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;
import org.drawbridge.company.control.KeyUse;

/** Writes down every 30 seconds which keys were used. */
@Singleton
@DependsOn("Migration")
public class KeyUseTimer {

  @Inject KeyUse use;

  @Schedule(hour = "*", minute = "*", second = "*/30", persistent = false)
  void write() {
    use.write();
  }
}
