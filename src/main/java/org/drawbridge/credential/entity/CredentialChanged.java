package org.drawbridge.credential.entity;

import java.util.Map;
import java.util.UUID;
import org.drawbridge.kernel.CompanyEvent;

/** A credential was added, renamed, removed, used, or refused because it may be a copy. */
public record CredentialChanged(
    UUID companyId, String type, UUID subjectId, Map<String, String> details)
    implements CompanyEvent {}
