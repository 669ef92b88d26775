package org.drawbridge.credential.entity;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a registration ceremony has verified.
 *
 * @param publicKey in COSE_Key format (RFC 9052 section 7)
 * @param discoverable null where the client did not say
 * @param attestationTrusted whether the attestation leads to a root that the operator trusts
 */
public record NewCredential(
    byte[] credentialId,
    byte[] userHandle,
    byte[] publicKey,
    long signatureCount,
    UUID aaguid,
    List<String> transports,
    @Nullable Boolean discoverable,
    boolean backupEligible,
    boolean backedUp,
    String attestationFormat,
    boolean attestationTrusted) {}
