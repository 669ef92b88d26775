package org.drawbridge.approval.entity;

import java.util.Locale;
import org.drawbridge.problem.Kind;
import org.drawbridge.problem.Refusal;

/** The unlock request waits for its user no more. */
public final class UnlockRequestClosed extends Refusal {

  public UnlockRequestClosed(UnlockRequest.State state) {
    super(
        Kind.CONFLICT,
        "unlock-request-closed",
        "This request waits for no answer of yours: it is "
            + state.name().toLowerCase(Locale.ROOT).replace('_', ' ')
            + ".");
  }
}
