package org.drawbridge.approval.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

/**
 * What a person signed with a passkey, kept so that it can be verified again.
 *
 * @param document exactly what was shown, as JSON; the SHA-256 of its UTF-8 bytes is the challenge
 * @param assertion the authentication assertion and the public key, as JSON
 */
@Embeddable
public record SignedDecision(
    @Column(name = "document") String document, @Column(name = "assertion") String assertion) {}
