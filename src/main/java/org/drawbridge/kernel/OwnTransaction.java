package org.drawbridge.kernel;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/** A transaction for work that nobody's request began. */
@ApplicationScoped
public class OwnTransaction {

  /** Rolls back where the task throws, and throws it on. */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public void run(Runnable task) {
    task.run();
  }
}
