package org.drawbridge.problem;

/** Somebody else changed, or added, the same thing at the same time. */
public final class ConflictingChange extends Refusal {

  public ConflictingChange() {
    super(
        Kind.CONFLICT,
        "conflicting-change",
        "Somebody else changed the same thing at the same time; look again and retry.");
  }
}
