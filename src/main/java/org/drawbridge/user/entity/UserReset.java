package org.drawbridge.user.entity;

import java.util.UUID;
import org.drawbridge.kernel.CompanyEvent;

/**
 * An administrator reset how a user signs in: passkeys are removed and sessions end in the same
 * transaction.
 */
public record UserReset(UUID companyId, UUID subjectId) implements CompanyEvent {

  @Override
  public String type() {
    return "user-reset";
  }
}
