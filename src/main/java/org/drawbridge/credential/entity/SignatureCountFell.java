package org.drawbridge.credential.entity;

import org.drawbridge.problem.Kind;
import org.drawbridge.problem.Refusal;

/** The signature count did not rise: the authenticator may have been cloned (section 6.1.1). */
public final class SignatureCountFell extends Refusal {

  public SignatureCountFell() {
    super(
        Kind.FORBIDDEN,
        "signature-count-fell",
        "The signature count of this passkey fell: it may have been copied.");
  }
}
