package org.drawbridge.policy.control;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.drawbridge.account.entity.PolicyAction;
import org.drawbridge.policy.entity.Frequency;
import org.drawbridge.policy.entity.PolicyType;
import org.drawbridge.user.control.UserView;
import org.jspecify.annotations.Nullable;

/**
 * A policy as answers show it.
 *
 * @param cronSchedule the schedule as 5-field cron; null where cron cannot say it
 */
public record PolicyView(
    UUID id,
    String policyKey,
    String policyName,
    @Nullable String policyDescription,
    PolicyType policyType,
    @Nullable PolicyAction scheduledAction,
    @Nullable PolicyAction alertAction,
    @Nullable PolicyAction multiApprovalAction,
    boolean allowUnlock,
    int requiredApprovals,
    @Nullable Integer escalationMinutes,
    @Nullable Frequency frequencyOfAction,
    @Nullable String cronSchedule,
    @Nullable Instant scheduleDateTime,
    String timeZone,
    @Nullable Instant activeDate,
    @Nullable Instant endDate,
    JsonObject metadata,
    List<UserView> approvers,
    List<UserView> fallbackApprovers) {}
