package org.drawbridge.account.entity;

import java.util.Map;
import java.util.UUID;
import org.drawbridge.kernel.CompanyEvent;

/** An account or a group was added, or changed in anything but its lock state. */
public record AccountChanged(
    UUID companyId, String type, UUID subjectId, Map<String, String> details)
    implements CompanyEvent {}
