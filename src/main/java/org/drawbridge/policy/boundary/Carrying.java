package org.drawbridge.policy.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.drawbridge.policy.control.ExecutionBatch;
import org.drawbridge.problem.LogLine;

/** Carries out executions: small ones together, others chunk by chunk, each in one transaction. */
@ApplicationScoped
public class Carrying {

  private static final Logger LOG = Logger.getLogger(Carrying.class.getName());

  /** A caller sees what the call did, unless it is so much that the timer has to go on. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** So many are looked at together. */
  private static final int POLICIES = 2_000;

  /** Also keeps a chunk that fails from being tried without a rest. */
  private static final long BETWEEN_NANOS = 20_000_000;

  @Inject PolicyTransactions transactions;

  /**
   * What the policy has to do now, as far as that is done soon; by this thread, or by a timer that
   * was faster.
   */
  void now(UUID policyId) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Optional<ExecutionBatch> next = transactions.next(policyId);
    while (next.isPresent() && System.nanoTime() - end < 0) {
      if (!carryOn(next.get())) {
        LockSupport.parkNanos(BETWEEN_NANOS);
      }
      next = transactions.next(policyId);
    }
  }

  /**
   * Whatever there is to do, for any policy.
   *
   * @param somethingElse whether there is something more urgent, for which to stop
   */
  void all(Duration most, BooleanSupplier somethingElse) {
    long end = System.nanoTime() + most.toNanos();
    boolean goesOn = true;
    while (goesOn) {
      goesOn = false;
      for (ExecutionBatch batch : transactions.next(POLICIES)) {
        if (somethingElse.getAsBoolean() || System.nanoTime() - end >= 0) {
          return;
        }
        goesOn |= carryOn(batch);
      }
    }
  }

  /** Answers whether anything was done. */
  private boolean carryOn(ExecutionBatch batch) {
    try {
      return switch (transactions.carryOn(batch)) {
        case ON -> true;
        case BY_OTHERS -> false;
        case NOT_TOGETHER -> carryOnInParts(batch);
      };
    } catch (RuntimeException e) {
      // Where the database is away, this throws as well, and everything waits for the next time.
      transactions.nextDue();
      if (!batch.isOne()) {
        // What fails must not keep the others from being carried out.
        return carryOnInParts(batch);
      }
      // It stays unfinished, and the timer tries again.
      LogLine.event("policy.chunk-failed").log(LOG, Level.WARNING, e);
      return false;
    }
  }

  private boolean carryOnInParts(ExecutionBatch batch) {
    boolean some = false;
    for (ExecutionBatch half : batch.halves()) {
      some |= carryOn(half);
    }
    return some;
  }
}
