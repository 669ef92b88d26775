package org.drawbridge.credential.entity;

import org.drawbridge.problem.Kind;
import org.drawbridge.problem.Refusal;

/** The company has this credential already. */
public final class CredentialRegistered extends Refusal {

  public CredentialRegistered() {
    super(Kind.CONFLICT, "credential-registered", "This passkey is registered already.");
  }
}
