package org.drawbridge.policy.control;

import java.time.Instant;
import java.util.UUID;

/** A check that was recorded. */
public record PastCheck(UUID id, UUID accountId, String userAccountId, Instant checkedAt) {}
