package org.drawbridge.policy.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;
import org.drawbridge.account.entity.PolicyAction;
import org.jspecify.annotations.Nullable;

/**
 * What a policy says, as its company wrote it.
 *
 * @param allowUnlock whether users may unlock themselves while the policy holds their account
 * @param requiredApprovals how many approvers an unlock needs; counts for MULTI_APPROVAL
 * @param escalationMinutes after how long without a decision the fallback approvers are asked, too;
 *     null for never
 * @param frequency null where a cron expression says when, or nothing does
 * @param scheduleDateTime the first occurrence, and what a frequency counts from
 * @param timeZone IANA name: a schedule is wall-clock time there
 * @param activeDate before it the policy does nothing; null for from the beginning
 * @param endDate from then on the policy does nothing and holds nothing; null for no end
 * @param metadata a JSON object, the company's own
 */
@Embeddable
public record PolicyTerms(
    @Column(name = "policy_name") String policyName,
    @Column(name = "policy_description") @Nullable String policyDescription,
    @Column(name = "policy_type") @Enumerated(EnumType.STRING) PolicyType policyType,
    @Column(name = "scheduled_action") @Enumerated(EnumType.STRING)
        @Nullable PolicyAction scheduledAction,
    @Column(name = "alert_action") @Enumerated(EnumType.STRING) @Nullable PolicyAction alertAction,
    @Column(name = "multi_approval_action") @Enumerated(EnumType.STRING)
        @Nullable PolicyAction multiApprovalAction,
    @Column(name = "allow_unlock") boolean allowUnlock,
    @Column(name = "required_approvals") int requiredApprovals,
    @Column(name = "escalation_minutes") @Nullable Integer escalationMinutes,
    @Column(name = "frequency") @Enumerated(EnumType.STRING) @Nullable Frequency frequency,
    @Column(name = "cron_schedule") @Nullable String cronSchedule,
    @Column(name = "schedule_date_time") @Nullable Instant scheduleDateTime,
    @Column(name = "time_zone") String timeZone,
    @Column(name = "active_date") @Nullable Instant activeDate,
    @Column(name = "end_date") @Nullable Instant endDate,
    @Column(name = "metadata") @Nullable String metadata) {

  /** The action that counts for the policy's type; null only where the terms are incomplete. */
  public @Nullable PolicyAction action() {
    return switch (policyType) {
      case SCHEDULED -> scheduledAction;
      case ALERT -> alertAction;
      case MULTI_APPROVAL -> multiApprovalAction;
    };
  }

  /**
   * @param cron null for none
   */
  public PolicyTerms withCron(@Nullable String cron) {
    return new PolicyTerms(
        policyName,
        policyDescription,
        policyType,
        scheduledAction,
        alertAction,
        multiApprovalAction,
        allowUnlock,
        requiredApprovals,
        escalationMinutes,
        frequency,
        cron,
        scheduleDateTime,
        timeZone,
        activeDate,
        endDate,
        metadata);
  }

  public boolean hasBegunAt(Instant now) {
    return activeDate == null || !now.isBefore(activeDate);
  }

  public boolean hasEndedAt(Instant now) {
    return endDate != null && !now.isBefore(endDate);
  }

  public boolean isActiveAt(Instant now) {
    return hasBegunAt(now) && !hasEndedAt(now);
  }

  /** Whether its approvers have to agree to an unlock of its accounts. */
  public boolean asksApproversAt(Instant now) {
    return policyType == PolicyType.MULTI_APPROVAL && isActiveAt(now);
  }
}
