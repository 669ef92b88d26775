package org.drawbridge.signal.entity;

import java.util.Map;
import java.util.UUID;
import org.drawbridge.kernel.CompanyEvent;

/** A transmitter was added or removed, or sent an event. */
public record TransmitterChanged(
    UUID companyId, String type, UUID subjectId, Map<String, String> details)
    implements CompanyEvent {}
