package org.drawbridge.company.entity;

import org.drawbridge.problem.Kind;
import org.drawbridge.problem.Refusal;

/** Signing keys are for applications whose domain is proven to be the company's. */
public final class DomainNotValidated extends Refusal {

  public DomainNotValidated() {
    super(
        Kind.CONFLICT,
        "domain-not-validated",
        "The application's domain is not validated yet; see POST …/validation.");
  }
}
