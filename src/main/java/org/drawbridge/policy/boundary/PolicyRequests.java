package org.drawbridge.policy.boundary;

import jakarta.json.JsonObject;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.drawbridge.account.entity.PolicyAction;
import org.drawbridge.kernel.Change;
import org.drawbridge.policy.control.Editing.MemberChange;
import org.drawbridge.policy.control.PolicyMembers.Kind;
import org.drawbridge.policy.control.PolicySchedule;
import org.drawbridge.policy.entity.Frequency;
import org.drawbridge.policy.entity.PolicyTerms;
import org.drawbridge.policy.entity.PolicyType;
import org.drawbridge.problem.Malformed;
import org.drawbridge.problem.MemberError;
import org.jspecify.annotations.Nullable;

/** The requests that write policies, and the terms that they make. */
final class PolicyRequests {

  private static final String UTC = "UTC";

  private PolicyRequests() {}

  record PolicyRequest(
      @Nullable @Size(min = 1, max = 100) @Pattern(regexp = "[\\x21-\\x7e]*") String policyKey,
      @NotBlank @Size(max = 255) String policyName,
      @Nullable @Size(max = 1000) String policyDescription,
      @NotNull PolicyType policyType,
      @Nullable PolicyAction scheduledAction,
      @Nullable PolicyAction alertAction,
      @Nullable PolicyAction multiApprovalAction,
      @Nullable Boolean allowUnlock,
      @Nullable Integer requiredApprovals,
      @Nullable Integer escalationMinutes,
      @Nullable Frequency frequencyOfAction,
      @Nullable @Size(max = 100) String cronSchedule,
      @Nullable Instant scheduleDateTime,
      @Nullable String timeZone,
      @Nullable Instant activeDate,
      @Nullable Instant endDate,
      @Nullable JsonObject metadata,
      @Nullable List<String> approvers,
      @Nullable List<String> fallbackApprovers) {

    PolicyTerms terms() {
      return new PolicyTerms(
          policyName,
          policyDescription,
          policyType,
          scheduledAction,
          alertAction,
          multiApprovalAction,
          allowUnlock == null || allowUnlock,
          requiredApprovals == null ? 1 : requiredApprovals,
          escalationMinutes,
          frequencyOfAction,
          cronSchedule,
          scheduleDateTime,
          timeZone == null ? UTC : timeZone,
          activeDate,
          endDate,
          metadata == null ? null : metadata.toString());
    }
  }

  record PolicyPatch(
      Change<String> policyName,
      Change<String> policyDescription,
      Change<PolicyAction> scheduledAction,
      Change<PolicyAction> alertAction,
      Change<PolicyAction> multiApprovalAction,
      Change<Boolean> allowUnlock,
      Change<Integer> requiredApprovals,
      Change<Integer> escalationMinutes,
      Change<Frequency> frequencyOfAction,
      Change<String> cronSchedule,
      Change<Instant> scheduleDateTime,
      Change<String> timeZone,
      Change<Instant> activeDate,
      Change<Instant> endDate,
      Change<JsonObject> metadata,
      @Nullable List<String> approversToAdd,
      @Nullable List<String> approversToRemove,
      @Nullable List<String> fallbackApproversToAdd,
      @Nullable List<String> fallbackApproversToRemove,
      @Nullable List<String> groupMembersToAdd,
      @Nullable List<String> groupMembersToRemove,
      @Nullable List<String> membersToAdd,
      @Nullable List<String> membersToRemove) {

    /** What it names replaces the old; {@code null} clears an optional member. */
    PolicyTerms applied(PolicyTerms old) {
      requireMembers();
      // A new frequency takes the place of a cron expression, and the other way round.
      Change<String> newCron = isEcho(old) ? Change.absent() : cronSchedule;
      String oldCron = frequencyOfAction.value() == null ? old.cronSchedule() : null;
      Frequency oldFrequency = newCron.value() == null ? old.frequency() : null;
      String metadataText =
          metadata.isPresent()
              ? metadata.value() == null ? null : metadata.value().toString()
              : old.metadata();
      return new PolicyTerms(
          set(policyName, old.policyName()),
          or(policyDescription, old.policyDescription()),
          old.policyType(),
          or(scheduledAction, old.scheduledAction()),
          or(alertAction, old.alertAction()),
          or(multiApprovalAction, old.multiApprovalAction()),
          allowUnlock.isCleared() || set(allowUnlock, old.allowUnlock()),
          requiredApprovals.isCleared() ? 1 : set(requiredApprovals, old.requiredApprovals()),
          or(escalationMinutes, old.escalationMinutes()),
          or(frequencyOfAction, oldFrequency),
          or(newCron, oldCron),
          or(scheduleDateTime, old.scheduleDateTime()),
          timeZone.isCleared() ? UTC : set(timeZone, old.timeZone()),
          or(activeDate, old.activeDate()),
          or(endDate, old.endDate()),
          metadataText);
    }

    /**
     * Whether the cron is what the policy answers for its frequency: a client that sends back what
     * it read, with something else changed, does not mean it.
     */
    private boolean isEcho(PolicyTerms old) {
      String cron = cronSchedule.value();
      return cron != null
          && or(frequencyOfAction, old.frequency()) != null
          && PolicySchedule.isSaidBy(old, cron);
    }

    private void requireMembers() {
      List<MemberError> errors = new ArrayList<>();
      String name = policyName.value();
      if (policyName.isPresent() && (name == null || name.isBlank() || name.length() > 255)) {
        errors.add(MemberError.at("policyName", "must be a text of 1 to 255 characters"));
      }
      String description = policyDescription.value();
      if (description != null && description.length() > 1000) {
        errors.add(MemberError.at("policyDescription", "must be at most 1000 characters"));
      }
      if (!errors.isEmpty()) {
        throw new Malformed(errors);
      }
    }

    List<MemberChange> members() {
      return List.of(
          new MemberChange(
              Kind.APPROVERS,
              "approversToAdd",
              approversToAdd,
              "approversToRemove",
              approversToRemove),
          new MemberChange(
              Kind.FALLBACK_APPROVERS,
              "fallbackApproversToAdd",
              fallbackApproversToAdd,
              "fallbackApproversToRemove",
              fallbackApproversToRemove),
          new MemberChange(
              Kind.GROUPS,
              "groupMembersToAdd",
              groupMembersToAdd,
              "groupMembersToRemove",
              groupMembersToRemove),
          new MemberChange(
              Kind.ACCOUNTS, "membersToAdd", membersToAdd, "membersToRemove", membersToRemove));
    }
  }

  private static <T> @Nullable T or(Change<T> change, @Nullable T old) {
    return change.isPresent() ? change.value() : old;
  }

  private static <T> T set(Change<T> change, T old) {
    T value = change.value();
    return value == null ? old : value;
  }
}
