package org.drawbridge.account.control;

import java.util.List;
import java.util.UUID;
import org.drawbridge.company.entity.Domain;
import org.jspecify.annotations.Nullable;

/**
 * An account as answers show it, wherever one stands in them.
 *
 * @param application the application's name
 * @param lockStatus whether it is locked now, which counts while it is enabled
 * @param lockUnlockHistory the latest 10 changes, newest first, one line each
 */
public record AccountView(
    UUID id,
    String application,
    UUID applicationId,
    Domain domain,
    String userAccountId,
    @Nullable UUID userId,
    boolean enabled,
    boolean lockStatus,
    boolean lockedByPolicy,
    boolean autoRelockAllowed,
    List<GroupView> groups,
    long userAccountAllowedCount,
    long userAccountBlockedCount,
    List<String> lockUnlockHistory) {}
