package org.drawbridge.account.entity;

import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a policy does to accounts, weakest first. */
public enum PolicyAction {
  /** Unlocks the account, once; nothing is held. */
  UNLOCK,
  /** Holds the account locked; its user may override that. */
  ALLOW_UNLOCK,
  /** Holds the account locked; its user cannot override that. */
  LOCK;

  /** Whether accounts stay under it until the policy lets them go. */
  public boolean holds() {
    return this != UNLOCK;
  }

  /** Deny-overrides: the strongest of several counts. Empty where nothing is held. */
  public static Optional<PolicyAction> strongest(Collection<? extends @Nullable PolicyAction> all) {
    PolicyAction strongest = null;
    for (PolicyAction each : all) {
      if (each != null && each.holds() && (strongest == null || each.compareTo(strongest) > 0)) {
        strongest = each;
      }
    }
    return Optional.ofNullable(strongest);
  }
}
