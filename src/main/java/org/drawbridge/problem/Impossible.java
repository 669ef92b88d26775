package org.drawbridge.problem;

import java.util.List;

/** The request is well formed, but one of its members says something that cannot be. */
public class Impossible extends Refusal {

  private final List<MemberError> errors;

  public Impossible(MemberError error) {
    super(Kind.IMPOSSIBLE, "impossible-request", error.detail());
    this.errors = List.of(error);
  }

  /**
   * @param errors at least one
   */
  public Impossible(List<MemberError> errors) {
    super(Kind.IMPOSSIBLE, "impossible-request", errors.get(0).detail());
    this.errors = List.copyOf(errors);
  }

  @Override
  public List<MemberError> errors() {
    return errors;
  }
}
