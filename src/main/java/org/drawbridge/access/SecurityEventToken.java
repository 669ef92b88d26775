package org.drawbridge.access;

import jakarta.json.JsonObject;
import java.time.Instant;

/**
 * A Security Event Token (RFC 8417) whose signature, issuer and audience are right.
 *
 * @param tokenId its {@code jti}, 1 to 255 characters
 * @param issuedAt its {@code iat}
 * @param claims all of it
 */
public record SecurityEventToken(String tokenId, Instant issuedAt, JsonObject claims) {}
