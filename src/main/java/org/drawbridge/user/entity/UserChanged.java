package org.drawbridge.user.entity;

import java.util.Map;
import java.util.UUID;
import org.drawbridge.kernel.CompanyEvent;

/** A user was added or changed. */
public record UserChanged(UUID companyId, String type, UUID subjectId, Map<String, String> details)
    implements CompanyEvent {}
