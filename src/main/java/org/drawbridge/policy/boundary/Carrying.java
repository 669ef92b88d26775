package org.drawbridge.policy.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.drawbridge.kernel.OwnedId;
import org.drawbridge.problem.LogLine;
import org.jspecify.annotations.Nullable;

/** Carries out executions chunk by chunk, each in a transaction of its own. */
@ApplicationScoped
public class Carrying {

  private static final Logger LOG = Logger.getLogger(Carrying.class.getName());

  /** A caller sees what the call did, unless it is so much that the timer has to go on. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final int POLICIES = 50;

  @Inject PolicyTransactions transactions;

  /** What the policy has to do now, as far as that is done soon. */
  void now(UUID policyId) {
    carry(policyId, PATIENCE);
  }

  /** Whatever there is to do, for any policy. */
  void all(Duration most) {
    carry(null, most);
  }

  private void carry(@Nullable UUID policyId, Duration most) {
    long end = System.nanoTime() + most.toNanos();
    boolean goesOn = true;
    while (goesOn && System.nanoTime() - end < 0) {
      List<OwnedId> unfinished = transactions.unfinished(policyId, POLICIES);
      goesOn = false;
      for (OwnedId execution : unfinished) {
        goesOn |= isCarriedOn(execution);
      }
    }
  }

  private boolean isCarriedOn(OwnedId execution) {
    try {
      return transactions.carryOn(execution);
    } catch (RuntimeException e) {
      // It stays unfinished, and the timer tries again.
      LogLine.event("policy.chunk-failed").log(LOG, Level.WARNING, e);
      return false;
    }
  }
}
