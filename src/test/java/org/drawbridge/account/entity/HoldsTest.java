package org.drawbridge.account.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The policies that an account is under")
class HoldsTest {

  private static final UUID ANA = UUID.randomUUID();

  private static final PolicyHold LOCK = hold(PolicyAction.LOCK, true, 0);
  private static final PolicyHold ALLOW_UNLOCK = hold(PolicyAction.ALLOW_UNLOCK, true, 0);
  private static final PolicyHold NOT_FOR_USERS = hold(PolicyAction.ALLOW_UNLOCK, false, 0);
  private static final PolicyHold ONE_APPROVER = hold(PolicyAction.LOCK, true, 1);
  private static final PolicyHold TWO_APPROVERS = hold(PolicyAction.ALLOW_UNLOCK, false, 2);
  private static final PolicyHold APPROVER_OF_UNLOCKED = hold(null, true, 3);

  private static PolicyHold hold(
      @Nullable PolicyAction effect, boolean allowsUser, int requiredApprovals) {
    return new PolicyHold(UUID.randomUUID(), "Test", effect, allowsUser, requiredApprovals);
  }

  private static Holds holds(PolicyHold... holds) {
    return new Holds(List.of(holds));
  }

  @Test
  @DisplayName("let owner and administrator unlock where there are none")
  void none() {
    assertCanUnlock(holds(), "USER", "ADMINISTRATOR");
  }

  @Test
  @DisplayName("let nobody unlock past a LOCK")
  void lock() {
    assertCanUnlock(holds(LOCK));
    assertCanUnlock(holds(ALLOW_UNLOCK, LOCK));
  }

  @Test
  @DisplayName("leave it to the owner, too, by ALLOW_UNLOCK, unless that says not to users")
  void allowUnlock() {
    assertCanUnlock(holds(ALLOW_UNLOCK), "USER", "ADMINISTRATOR");
    assertCanUnlock(holds(ALLOW_UNLOCK, NOT_FOR_USERS), "ADMINISTRATOR");
  }

  @Test
  @DisplayName("leave it to the owner with approvers where they ask some, whatever else these say")
  void approvers() {
    assertCanUnlock(holds(ONE_APPROVER), "USER_WITH_1_APPROVALS");
    assertCanUnlock(holds(TWO_APPROVERS, ALLOW_UNLOCK), "USER_WITH_2_APPROVALS");
    assertCanUnlock(holds(APPROVER_OF_UNLOCKED), "USER_WITH_3_APPROVALS");
  }

  @Test
  @DisplayName("ask for a quorum of each that asks approvers, the strongest first")
  void quorums() {
    Holds holds = holds(APPROVER_OF_UNLOCKED, TWO_APPROVERS, ALLOW_UNLOCK, ONE_APPROVER);
    assertCanUnlock(holds, "USER_WITH_1_AND_2_AND_3_APPROVALS");
    assertThat(holds.askingApprovers())
        .containsExactly(ONE_APPROVER, TWO_APPROVERS, APPROVER_OF_UNLOCKED);
    Set<UUID> all =
        Set.of(ONE_APPROVER.policyId(), TWO_APPROVERS.policyId(), APPROVER_OF_UNLOCKED.policyId());
    assertThatCode(() -> holds.requireLettingOwnerWith(all)).doesNotThrowAnyException();
    assertForbidden(() -> holds.requireLettingOwnerWith(Set.of(ONE_APPROVER.policyId())));
  }

  @Test
  @DisplayName("let nobody unlock where approvers cannot overcome another")
  void notEvenWithApprovers() {
    assertCanUnlock(holds(ONE_APPROVER, LOCK));
    assertCanUnlock(holds(ONE_APPROVER, NOT_FOR_USERS));
    Set<UUID> agreed = Set.of(ONE_APPROVER.policyId(), NOT_FOR_USERS.policyId());
    assertForbidden(() -> holds(ONE_APPROVER, NOT_FOR_USERS).requireLettingOwnerWith(agreed));
  }

  @Test
  @DisplayName("have no owner to let unlock where the account has none")
  void nobodysAccount() {
    assertThat(holds().unlockableBy(null)).containsExactly("ADMINISTRATOR");
    assertThat(holds(ALLOW_UNLOCK).unlockableBy(null)).containsExactly("ADMINISTRATOR");
    assertThat(holds(ONE_APPROVER).unlockableBy(null)).isEmpty();
  }

  @Test
  @DisplayName("are told the strongest first, then by name")
  void order() {
    PolicyHold named = new PolicyHold(UUID.randomUUID(), "A", PolicyAction.LOCK, true, 0);
    assertThat(holds(APPROVER_OF_UNLOCKED, ALLOW_UNLOCK, LOCK, named).policies())
        .containsExactly(named, LOCK, ALLOW_UNLOCK, APPROVER_OF_UNLOCKED);
  }

  /** What is told is what is enforced. */
  private static void assertCanUnlock(Holds holds, String... who) {
    List<String> told = holds.unlockableBy(ANA);
    assertThat(told).containsExactly(who);
    boolean withApprovers = told.stream().anyMatch(each -> each.startsWith("USER"));
    assertThat(isLet(holds::requireLettingAdministrator)).isEqualTo(told.contains("ADMINISTRATOR"));
    assertThat(isLet(holds::requireLettingOwner)).isEqualTo(told.contains("USER"));
    assertThat(isLet(() -> holds.requireLettingOwnerWith(Set.of())))
        .isEqualTo(told.contains("USER"));
    assertThat(isLet(holds::requireLettingOwnerWithApprovers)).isEqualTo(withApprovers);
    assertThat(holds.letOwnerWithApprovers()).isEqualTo(withApprovers);
  }

  private static boolean isLet(Runnable unlock) {
    try {
      unlock.run();
      return true;
    } catch (UnlockForbidden e) {
      return false;
    }
  }

  private static void assertForbidden(Runnable unlock) {
    assertThatThrownBy(unlock::run).isInstanceOf(UnlockForbidden.class);
  }
}
