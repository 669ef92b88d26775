package org.drawbridge.problem;

/** What the request names does not exist, or belongs to a company out of the caller's reach. */
public final class NotFound extends Refusal {

  /**
   * @param what the kind of thing, such as "account"; never the identifier that was asked for
   */
  public NotFound(String what) {
    super(Kind.NOT_FOUND, "not-found", "There is no such " + what + ".");
  }
}
