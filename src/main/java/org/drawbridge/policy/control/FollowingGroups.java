package org.drawbridge.policy.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import org.drawbridge.account.entity.GroupMembersChanged;
import org.drawbridge.account.entity.LockChange;
import org.drawbridge.account.entity.PolicyAction;
import org.drawbridge.policy.entity.Policy;

/** Has policies follow who comes into their groups and who leaves. */
@ApplicationScoped
public class FollowingGroups {

  @Inject Policies policies;
  @Inject Executions executions;
  @Inject Holding holding;
  @Inject Clock clock;

  /**
   * Who comes into a group feels what members of its policies feel at once, and who leaves is let
   * go.
   */
  public void follow(GroupMembersChanged change) {
    Instant now = clock.instant();
    for (Policy policy : policies.ofGroup(change.companyId(), change.groupId())) {
      PolicyAction action = executions.actionOnMembers(policy, now);
      if (action != null) {
        holding.release(policy, change.removed(), LockChange.BY_ITSELF, now);
        holding.apply(policy, action, change.added(), LockChange.BY_ITSELF, now);
      }
    }
  }
}
