package org.drawbridge.challenge.entity;

import org.drawbridge.problem.Kind;
import org.drawbridge.problem.Refusal;

/** The code is not the one that was asked for, or counts no more. */
public final class CodeWrong extends Refusal {

  /**
   * @param triesLeft 1 or more
   */
  public CodeWrong(int triesLeft) {
    super(
        Kind.IMPOSSIBLE,
        "code-wrong",
        "That code is not right, or counts no more. Tries left: " + triesLeft + ".");
  }
}
