package org.drawbridge.access;

import org.drawbridge.problem.Kind;
import org.drawbridge.problem.Refusal;

/** A request that changes something came without the session's token: perhaps from another site. */
public final class CrossSiteRequest extends Refusal {

  CrossSiteRequest() {
    super(
        Kind.FORBIDDEN,
        "csrf-token-wrong",
        "This call needs the session's token in the header " + SessionFilter.CSRF_HEADER + ".");
  }
}
