package org.drawbridge.credential.entity;

import org.drawbridge.problem.Kind;
import org.drawbridge.problem.Refusal;

/** A user's only credential cannot be removed while there is no recovery code. */
public final class LastCredential extends Refusal {

  public LastCredential() {
    super(
        Kind.CONFLICT,
        "last-credential",
        "This is the only passkey: make recovery codes, or add another passkey, first.");
  }
}
