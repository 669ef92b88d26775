package org.drawbridge.policy.entity;

import java.util.Set;
import java.util.UUID;

/**
 * A MULTI_APPROVAL policy was executed: the owners of these accounts, some of its members, are to
 * be asked whether they want them unlocked; observed in the transaction of the execution's chunk.
 */
public record ApprovalRoundOpened(UUID companyId, UUID policyId, Set<UUID> accounts) {

  public ApprovalRoundOpened {
    accounts = Set.copyOf(accounts);
  }
}
