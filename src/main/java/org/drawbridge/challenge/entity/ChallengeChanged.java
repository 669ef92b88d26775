package org.drawbridge.challenge.entity;

import java.util.Map;
import java.util.UUID;
import org.drawbridge.kernel.CompanyEvent;

/** Something of a company's challenges changed: settings, an action, a user, or an attempt. */
public record ChallengeChanged(
    UUID companyId, String type, UUID subjectId, Map<String, String> details)
    implements CompanyEvent {

  public ChallengeChanged(UUID companyId, String type, UUID subjectId) {
    this(companyId, type, subjectId, Map.of());
  }
}
