package org.drawbridge.company.entity;

import org.drawbridge.problem.Kind;
import org.drawbridge.problem.Refusal;

/** The call spans companies; a company's administrator may not make it. */
public final class PlatformAdministratorRequired extends Refusal {

  public PlatformAdministratorRequired() {
    super(
        Kind.FORBIDDEN,
        "platform-administrator-required",
        "Only the platform administrator may do this.");
  }
}
