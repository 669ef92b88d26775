package org.drawbridge.access;

import org.drawbridge.problem.Kind;
import org.drawbridge.problem.Refusal;

/**
 * The caller could not be identified. What was missing and what was wrong are told apart by the
 * problem type alone; which check failed is not told at all.
 */
public final class Unauthorized extends Refusal {

  private final String challenge;

  private Unauthorized(String type, Credential credential) {
    super(Kind.UNAUTHORIZED, type, "This call needs a valid " + credential.description() + ".");
    this.challenge = credential.challenge();
  }

  public static Unauthorized missing(Credential credential) {
    return new Unauthorized("credential-missing", credential);
  }

  public static Unauthorized refused(Credential credential) {
    return new Unauthorized("credential-refused", credential);
  }

  @Override
  public String challenge() {
    return challenge;
  }
}
