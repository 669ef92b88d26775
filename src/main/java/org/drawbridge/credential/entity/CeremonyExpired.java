package org.drawbridge.credential.entity;

import org.drawbridge.problem.Kind;
import org.drawbridge.problem.Refusal;

/** The ceremony was started too long ago. */
public final class CeremonyExpired extends Refusal {

  public CeremonyExpired() {
    super(Kind.FORBIDDEN, "ceremony-expired", "The ceremony has expired: start another one.");
  }
}
