package org.drawbridge.notification.entity;

import java.util.Map;
import java.util.UUID;
import org.drawbridge.kernel.CompanyEvent;

/** A webhook was added, removed, or is being tried. */
public record WebhookChanged(
    UUID companyId, String type, UUID subjectId, Map<String, String> details)
    implements CompanyEvent {}
