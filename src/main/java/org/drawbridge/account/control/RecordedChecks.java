package org.drawbridge.account.control;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What is told of the checks of accounts; implemented by the feature that records them. */
public interface RecordedChecks {

  /**
   * @param allowed checks that let the login through
   * @param blocked checks that did not
   */
  record Counts(long allowed, long blocked) {
    public static final Counts NONE = new Counts(0, 0);
  }

  /** Per account, over all time; an account without checks is missing in the answer. */
  Map<UUID, Counts> counts(UUID companyId, Collection<UUID> accountIds);

  long blockedSince(UUID companyId, Collection<UUID> accountIds, Instant from);

  /** The latest checks of all these accounts together, newest first, one line each. */
  List<String> latest(UUID companyId, Collection<UUID> accountIds, int most);
}
