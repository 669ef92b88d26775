package org.drawbridge.account.entity;

import java.util.Set;
import java.util.UUID;

/** Accounts have come into a group, or left it; observed in the transaction of the change. */
public record GroupMembersChanged(
    UUID companyId, UUID groupId, Set<UUID> added, Set<UUID> removed) {

  public GroupMembersChanged {
    added = Set.copyOf(added);
    removed = Set.copyOf(removed);
  }
}
