package org.drawbridge.company.entity;

import org.drawbridge.problem.Kind;
import org.drawbridge.problem.Refusal;

/** The company has an application with this domain URL already. */
public final class DomainTaken extends Refusal {

  public DomainTaken() {
    super(Kind.CONFLICT, "domain-taken", "The company has an application with this URL already.");
  }
}
