package org.drawbridge.credential.entity;

import java.util.UUID;

/** A person has removed a passkey: what was opened with it is to be opened anew. */
public record PasskeyRemoved(UUID companyId, UUID userId) {}
