package org.drawbridge.company.entity;

import org.drawbridge.problem.Kind;
import org.drawbridge.problem.Refusal;

/** Validation without a proof is for the platform administrator alone. */
public final class ValidationForbidden extends Refusal {

  public ValidationForbidden() {
    super(
        Kind.FORBIDDEN,
        "validation-forbidden",
        "Only the platform administrator may validate a domain without a proof.");
  }
}
