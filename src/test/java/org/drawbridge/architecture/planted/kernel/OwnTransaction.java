package org.drawbridge.architecture.planted.kernel;

import jakarta.transaction.Transactional;

/** Right: what begins transactions for timers. */
public class OwnTransaction {

  @Transactional
  public void run(Runnable task) {
    task.run();
  }
}
