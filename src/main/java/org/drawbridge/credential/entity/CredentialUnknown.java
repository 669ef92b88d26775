package org.drawbridge.credential.entity;

import org.drawbridge.problem.Kind;
import org.drawbridge.problem.Refusal;

/** The credential is not known, or not that user's: which of them is not told. */
public final class CredentialUnknown extends Refusal {

  public CredentialUnknown() {
    super(Kind.FORBIDDEN, "credential-unknown", "This passkey is not known here.");
  }
}
