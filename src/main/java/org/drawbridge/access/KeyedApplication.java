package org.drawbridge.access;

import java.util.List;
import java.util.UUID;

/**
 * An application with the signing keys that count now, as it was at one version.
 *
 * @param version rises whenever the application or its keys change; a check compares it with the
 *     database's, so that a revocation takes effect at once on every node
 * @param url the domain URL: {@code scheme://host[:port]}, lower case, no trailing slash
 */
public record KeyedApplication(
    UUID companyId, UUID id, long version, String url, List<VerificationKey> keys) {}
