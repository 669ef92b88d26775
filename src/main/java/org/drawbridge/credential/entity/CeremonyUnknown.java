package org.drawbridge.credential.entity;

import org.drawbridge.problem.Kind;
import org.drawbridge.problem.Refusal;

/** The ceremony was finished before, was never started, or is somebody else's. */
public final class CeremonyUnknown extends Refusal {

  public CeremonyUnknown() {
    super(
        Kind.FORBIDDEN,
        "ceremony-unknown",
        "There is no such ceremony under way: start another one.");
  }
}
