package org.drawbridge.problem;

/** {@code If-Match} (RFC 9110 section 13.1.1) names a version that is no longer the current one. */
public final class StaleVersion extends Refusal {

  public StaleVersion() {
    super(
        Kind.PRECONDITION_FAILED,
        "stale-version",
        "It was changed since you read it; read it again.");
  }
}
