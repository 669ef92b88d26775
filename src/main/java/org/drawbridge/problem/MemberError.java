package org.drawbridge.problem;

/**
 * One member of a request body that is wrong.
 *
 * @param pointer RFC 6901 JSON Pointer to the member; empty for the whole body
 * @param detail what is wrong with it, for a person to read
 */
public record MemberError(String pointer, String detail) {

  /** Points at a top-level member, escaping its name by RFC 6901 section 3. */
  public static MemberError at(String member, String detail) {
    return new MemberError("/" + member.replace("~", "~0").replace("/", "~1"), detail);
  }

  /** The same error seen from one level further out. */
  public MemberError below(String prefix) {
    return new MemberError(prefix + pointer, detail);
  }
}
