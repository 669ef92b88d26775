package org.drawbridge.problem;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule said no. One subclass per rule, named after the rule, carrying its facts; a single mapper
 * turns refusals into HTTP answers. Throwing one rolls the transaction back, so that a refused
 * request changes nothing.
 *
 * <p>A {@code detail} is read by the client: it never holds a secret, a class name or SQL.
 */
public abstract class Refusal extends RuntimeException {

  private final Kind kind;
  private final String type;

  /**
   * @param type the stable last part of the problem type, in kebab-case
   */
  protected Refusal(Kind kind, String type, String detail) {
    // No stack trace: a refusal is an answer, not a defect, and attackers can cause many.
    super(detail, null, false, false);
    this.kind = kind;
    this.type = type;
  }

  public Kind kind() {
    return kind;
  }

  public String type() {
    return type;
  }

  public String detail() {
    return String.valueOf(getMessage());
  }

  /** The members that are wrong; empty where the refusal is not about members. */
  public List<MemberError> errors() {
    return List.of();
  }

  /**
   * The {@code WWW-Authenticate} challenge (RFC 9110 section 11.6.1): of an UNAUTHORIZED refusal
   * what would let the caller in, of a FORBIDDEN one that it has to be more (RFC 6750 section 3.1).
   */
  public @Nullable String challenge() {
    return kind == Kind.FORBIDDEN
        ? "Bearer realm=\"drawbridge\", error=\"insufficient_scope\""
        : null;
  }

  /**
   * How long the client should wait (RFC 9110 section 10.2.3); null where waiting does not help.
   */
  public @Nullable Duration retryAfter() {
    return null;
  }
}
