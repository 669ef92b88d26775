package org.drawbridge.approval.entity;

import java.util.Map;
import java.util.UUID;
import org.drawbridge.kernel.CompanyEvent;

/** An unlock request or an approval request was opened, answered, voted on or decided. */
public record ApprovalChanged(
    UUID companyId, String type, UUID subjectId, Map<String, String> details)
    implements CompanyEvent {}
