package org.drawbridge.account.control;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.drawbridge.account.entity.Account;
import org.drawbridge.account.entity.Holds;

/** What policies say about an account; implemented by the feature that knows policies. */
public interface PolicyHolds {

  /** When a policy will do something to the account. */
  record PolicyChange(UUID policyId, String policyName, Instant at, boolean locks, boolean ends) {}

  Holds of(Account account);

  Optional<PolicyChange> next(Account account);

  /** Ends the holds that may be overridden; the transaction holds the account. */
  void override(Account account);
}
