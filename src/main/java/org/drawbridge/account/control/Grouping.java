package org.drawbridge.account.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.drawbridge.access.Caller;
import org.drawbridge.access.Reach;
import org.drawbridge.account.entity.Account;
import org.drawbridge.account.entity.AccountChanged;
import org.drawbridge.account.entity.AccountGroup;
import org.drawbridge.account.entity.GroupKeyTaken;
import org.drawbridge.account.entity.GroupMembersChanged;
import org.drawbridge.company.control.Companies;
import org.drawbridge.kernel.CompanyEvent;
import org.drawbridge.kernel.Ids;
import org.drawbridge.kernel.Page;
import org.drawbridge.kernel.PageRequest;
import org.drawbridge.problem.Malformed;
import org.drawbridge.problem.MemberError;
import org.jspecify.annotations.Nullable;

/** Forms groups of accounts. */
@ApplicationScoped
public class Grouping {

  @Inject Groups groups;
  @Inject Accounts accounts;
  @Inject Companies companies;
  @Inject Event<CompanyEvent> events;
  @Inject Event<GroupMembersChanged> memberships;
  @Inject Clock clock;

  public AccountGroup add(
      Caller caller, UUID companyId, String key, String name, @Nullable String description) {
    companies.get(caller.reach(), companyId);
    if (groups.hasKey(companyId, key)) {
      throw new GroupKeyTaken();
    }
    Instant now = clock.instant();
    AccountGroup group =
        new AccountGroup(companyId, Ids.next(now), key, name, description, caller.actor(), now);
    groups.add(group);
    events.fire(new AccountChanged(companyId, "group-added", group.id(), Map.of("key", key)));
    return group;
  }

  public Page<AccountGroup> page(Reach reach, UUID companyId, PageRequest request) {
    companies.get(reach, companyId);
    return groups.page(companyId, request);
  }

  /**
   * Makes the group hold exactly these accounts.
   *
   * @throws Malformed naming each id that is no account of the group's company
   */
  public AccountGroup setMembers(Caller caller, UUID groupId, List<UUID> accountIds) {
    AccountGroup group = groups.lock(caller.reach(), groupId);
    Set<UUID> wanted = new LinkedHashSet<>(accountIds);
    requireAccounts(group.companyId(), accountIds, wanted);
    Set<UUID> present = groups.members(group);
    Set<UUID> gone = new HashSet<>(present);
    gone.removeAll(wanted);
    groups.removeMembers(group, gone);
    Set<UUID> added = new LinkedHashSet<>(wanted);
    added.removeAll(present);
    added.forEach(id -> groups.addMember(group, id));
    group.membersChanged(caller.actor(), clock.instant());
    events.fire(
        new AccountChanged(
            group.companyId(),
            "group-members-set",
            groupId,
            Map.of("members", Integer.toString(wanted.size()))));
    memberships.fire(new GroupMembersChanged(group.companyId(), groupId, added, gone));
    return group;
  }

  private void requireAccounts(UUID companyId, List<UUID> listed, Set<UUID> wanted) {
    if (wanted.isEmpty()) {
      return;
    }
    Set<UUID> known =
        accounts.among(companyId, wanted).stream().map(Account::id).collect(Collectors.toSet());
    List<MemberError> missing =
        wanted.stream()
            .filter(id -> !known.contains(id))
            .map(id -> new MemberError("/accountIds/" + listed.indexOf(id), "is no account"))
            .toList();
    if (!missing.isEmpty()) {
      throw new Malformed(missing);
    }
  }
}
