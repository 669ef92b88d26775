package org.drawbridge.policy.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.drawbridge.kernel.JsonBody;
import org.drawbridge.policy.entity.Policy;
import org.drawbridge.policy.entity.PolicyTerms;
import org.drawbridge.user.control.UserView;
import org.drawbridge.user.control.UserViews;
import org.drawbridge.user.entity.User;

/** Shows policies with their approvers. */
@ApplicationScoped
public class PolicyViews {

  @Inject PolicyMembers members;
  @Inject UserViews users;

  public PolicyView of(Policy policy) {
    return of(List.of(policy)).get(0);
  }

  /** People who approve in many of the policies are looked up once. */
  public List<PolicyView> of(List<Policy> policies) {
    Map<UUID, UserView> seen = new HashMap<>();
    return policies.stream()
        .map(policy -> of(policy, user -> seen.computeIfAbsent(user.id(), first -> users.of(user))))
        .toList();
  }

  private PolicyView of(Policy policy, Function<User, UserView> approver) {
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
        members.approvers(policy).stream().map(approver).toList(),
        members.fallbackApprovers(policy).stream().map(approver).toList());
  }
}
