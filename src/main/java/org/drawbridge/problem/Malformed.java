package org.drawbridge.problem;

import java.util.List;

/** The request cannot be read as what the call takes: not JSON, a member missing or mistyped. */
public final class Malformed extends Refusal {

  private final List<MemberError> errors;

  public Malformed(String detail) {
    super(Kind.MALFORMED, "malformed-request", detail);
    this.errors = List.of();
  }

  public Malformed(List<MemberError> errors) {
    super(Kind.MALFORMED, "malformed-request", "Some members of the request body are wrong.");
    this.errors = List.copyOf(errors);
  }

  @Override
  public List<MemberError> errors() {
    return errors;
  }
}
