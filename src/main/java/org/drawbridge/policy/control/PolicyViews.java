package org.drawbridge.policy.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import org.drawbridge.kernel.JsonBody;
import org.drawbridge.policy.entity.Policy;
import org.drawbridge.policy.entity.PolicyTerms;
import org.drawbridge.user.control.UserViews;

/** Shows policies with their approvers. */
@ApplicationScoped
public class PolicyViews {

  @Inject PolicyMembers members;
  @Inject UserViews users;

  public PolicyView of(Policy policy) {
    PolicyTerms terms = policy.terms();
    return new PolicyView(
        policy.id(),
        policy.key(),
        terms.policyName(),
        terms.policyDescription(),
        terms.policyType(),
        terms.scheduledAction(),
        terms.alertAction(),
        terms.multiApprovalAction(),
        terms.allowUnlock(),
        terms.requiredApprovals(),
        terms.escalationMinutes(),
        terms.frequency(),
        PolicySchedule.cron(terms).orElse(null),
        terms.scheduleDateTime(),
        terms.timeZone(),
        terms.activeDate(),
        terms.endDate(),
        terms.metadata() == null
            ? JsonValue.EMPTY_JSON_OBJECT
            : JsonBody.parse(terms.metadata().getBytes(StandardCharsets.UTF_8)).asJsonObject(),
        members.approvers(policy).stream().map(users::of).toList(),
        members.fallbackApprovers(policy).stream().map(users::of).toList());
  }
}
