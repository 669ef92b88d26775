package org.drawbridge.approval.entity;

import org.drawbridge.problem.Kind;
import org.drawbridge.problem.Refusal;

/** A yes to this has to be signed with a passkey. */
public final class SignatureRequired extends Refusal {

  public SignatureRequired() {
    super(
        Kind.FORBIDDEN,
        "signature-required",
        "A yes to this has to be signed with a passkey: start the signature first.");
  }
}
