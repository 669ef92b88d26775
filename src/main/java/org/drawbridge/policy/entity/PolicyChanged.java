package org.drawbridge.policy.entity;

import java.util.Map;
import java.util.UUID;
import org.drawbridge.kernel.CompanyEvent;

/** A policy was created, changed, deleted, executed, or has ended. */
public record PolicyChanged(UUID companyId, String type, UUID policyId, Map<String, String> details)
    implements CompanyEvent {

  @Override
  public UUID subjectId() {
    return policyId;
  }
}
