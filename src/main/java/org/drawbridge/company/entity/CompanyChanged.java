package org.drawbridge.company.entity;

import java.util.Map;
import java.util.UUID;
import org.drawbridge.kernel.CompanyEvent;

/** A company, one of its applications, or one of its keys was added or changed. */
public record CompanyChanged(
    UUID companyId, String type, UUID subjectId, Map<String, String> details)
    implements CompanyEvent {

  public CompanyChanged(UUID companyId, String type, UUID subjectId) {
    this(companyId, type, subjectId, Map.of());
  }
}
