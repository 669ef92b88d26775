package org.drawbridge.credential.control;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A passkey, as its user and administrators see it.
 *
 * @param authenticator what made it, by its AAGUID; null where nobody knows
 * @param discoverable null where the browser did not say
 * @param backupEligible whether it can be synchronised to other devices, and {@code backedUp}
 *     whether it is
 */
public record CredentialView(
    UUID id,
    String nickname,
    UUID aaguid,
    @Nullable String authenticator,
    List<String> transports,
    @Nullable Boolean discoverable,
    boolean backupEligible,
    boolean backedUp,
    String attestationFormat,
    boolean attestationTrusted,
    long signatureCount,
    Instant createdDate,
    @Nullable Instant lastUsedDate) {}
