package org.drawbridge.approval.entity;

import org.drawbridge.problem.Kind;
import org.drawbridge.problem.Refusal;

/** The login page shows another number: whoever logs in there is somebody else. */
public final class NumberWrong extends Refusal {

  public NumberWrong() {
    super(
        Kind.FORBIDDEN,
        "number-wrong",
        "That is not the number on the login page. The request is denied; if it was you, log in again.");
  }
}
