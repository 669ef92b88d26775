package org.drawbridge.policy.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.UUID;
import org.drawbridge.access.Reach;
import org.drawbridge.account.control.AccountView;
import org.drawbridge.account.control.AccountViews;
import org.drawbridge.account.control.GroupView;
import org.drawbridge.account.entity.Account;
import org.drawbridge.kernel.Page;
import org.drawbridge.kernel.PageRequest;
import org.drawbridge.policy.control.Policies;
import org.drawbridge.policy.control.PolicyMembers;
import org.drawbridge.policy.control.PolicyView;
import org.drawbridge.policy.control.PolicyViews;
import org.drawbridge.policy.entity.Policy;

/** Reads policies, as they are after everything that a call did. */
@ApplicationScoped
@Transactional
public class PolicyReading {

  @Inject Policies policies;
  @Inject PolicyMembers members;
  @Inject PolicyViews views;
  @Inject AccountViews accountViews;

  /**
   * @param revision for {@code ETag}
   */
  record Read(PolicyView view, long revision) {}

  public List<PolicyView> all(UUID companyId) {
    return views.of(policies.of(companyId));
  }

  public Read one(Reach reach, UUID id) {
    Policy policy = policies.get(reach, id);
    return new Read(views.of(policy), policy.revision());
  }

  public List<GroupView> groups(Reach reach, UUID id) {
    return members.groups(policies.get(reach, id)).stream().map(GroupView::of).toList();
  }

  public Page<AccountView> members(Reach reach, UUID id, PageRequest request) {
    Policy policy = policies.get(reach, id);
    Page<Account> page = members.accounts(policy, request);
    return page.with(accountViews.of(policy.companyId(), page.items()));
  }
}
