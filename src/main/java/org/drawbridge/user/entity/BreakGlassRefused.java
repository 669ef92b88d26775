package org.drawbridge.user.entity;

import org.drawbridge.problem.Kind;
import org.drawbridge.problem.Refusal;

/** The code is none, or counts no more, or there is no such account: which is not told. */
public final class BreakGlassRefused extends Refusal {

  public BreakGlassRefused() {
    super(Kind.FORBIDDEN, "break-glass-refused", "This code does not unlock that account.");
  }
}
