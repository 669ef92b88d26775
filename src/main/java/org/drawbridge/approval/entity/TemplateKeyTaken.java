package org.drawbridge.approval.entity;

import org.drawbridge.problem.Kind;
import org.drawbridge.problem.Refusal;

/** The company has a template with that key. */
public final class TemplateKeyTaken extends Refusal {

  public TemplateKeyTaken() {
    super(Kind.CONFLICT, "template-key-taken", "The company has a template with this key.");
  }
}
