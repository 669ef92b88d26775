package org.drawbridge.approval.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A login that was blocked, as the enforcement point tells of it: to be shown, never to be trusted.
 *
 * @param checkId the recorded check; the same for a retry
 */
@Embeddable
public record Attempt(
    @Column(name = "check_id") UUID checkId,
    @Column(name = "attempted_at") Instant at,
    @Column(name = "address") @Nullable String address,
    @Column(name = "device") @Nullable String device,
    @Column(name = "location") @Nullable String location) {}
