package org.drawbridge.account.entity;

import static java.util.Comparator.comparing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The policies that an account is under: who can unlock it past them. Each of them has to let it
 * be.
 *
 * @param policies the strongest first
 */
public record Holds(List<PolicyHold> policies) {

  private static final Comparator<PolicyHold> STRONGEST_FIRST =
      comparing((PolicyHold hold) -> hold.effect() == null ? PolicyAction.UNLOCK : hold.effect())
          .reversed()
          .thenComparing(PolicyHold::policyName)
          .thenComparing(PolicyHold::policyId);

  public Holds {
    policies = policies.stream().sorted(STRONGEST_FIRST).toList();
  }

  /**
   * @throws UnlockForbidden where an administrator cannot unlock
   */
  public void requireLettingAdministrator() {
    require(PolicyHold::letsAdministrator);
  }

  /**
   * @throws UnlockForbidden where the owner cannot unlock by their own word
   */
  public void requireLettingOwner() {
    require(PolicyHold::letsOwner);
  }

  /**
   * @param agreed the policies whose approvers have agreed
   * @throws UnlockForbidden where the owner cannot unlock even so
   */
  public void requireLettingOwnerWith(Set<UUID> agreed) {
    require(hold -> hold.letsOwnerWith(agreed));
  }

  /**
   * @throws UnlockForbidden where the owner cannot unlock, not even with approvers
   */
  public void requireLettingOwnerWithApprovers() {
    require(PolicyHold::letsOwnerWithApprovers);
  }

  /** Whether the owner can unlock, alone or with approvers. */
  public boolean letOwnerWithApprovers() {
    return policies.stream().allMatch(PolicyHold::letsOwnerWithApprovers);
  }

  /** Those whose approvers have to agree; each needs a quorum of its own. */
  public List<PolicyHold> askingApprovers() {
    return policies.stream().filter(PolicyHold::asksApprovers).toList();
  }

  /**
   * Each by themselves is enough: {@code USER}, {@code ADMINISTRATOR}, {@code
   * USER_WITH_2_APPROVALS}, or, where several policies ask their approvers, {@code
   * USER_WITH_2_AND_1_APPROVALS}.
   *
   * @param owner of the account; null for nobody
   * @return empty while nobody can
   */
  public List<String> unlockableBy(@Nullable UUID owner) {
    List<String> who = new ArrayList<>();
    if (owner != null && letOwnerWithApprovers()) {
      who.add(askingApprovers().isEmpty() ? "USER" : "USER_WITH_" + quorums() + "_APPROVALS");
    }
    if (policies.stream().allMatch(PolicyHold::letsAdministrator)) {
      who.add("ADMINISTRATOR");
    }
    return List.copyOf(who);
  }

  private String quorums() {
    return askingApprovers().stream()
        .map(hold -> Integer.toString(hold.requiredApprovals()))
        .collect(Collectors.joining("_AND_"));
  }

  private void require(Predicate<PolicyHold> lets) {
    for (PolicyHold hold : policies) {
      if (!lets.test(hold)) {
        throw new UnlockForbidden(hold.policyName(), hold.requiredApprovals());
      }
    }
  }
}
