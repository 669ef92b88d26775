package org.drawbridge.account.entity;

import java.util.Map;
import java.util.UUID;
import org.drawbridge.kernel.CompanyEvent;
import org.jspecify.annotations.Nullable;

/**
 * An account was unlocked.
 *
 * @param changeId the lock change that has the rest
 */
public record AccountUnlocked(
    UUID companyId, UUID accountId, LockCause cause, @Nullable String reason, UUID changeId)
    implements CompanyEvent {

  @Override
  public String type() {
    return "account-unlocked";
  }

  @Override
  public UUID subjectId() {
    return accountId;
  }

  @Override
  public Map<String, String> details() {
    return reason == null
        ? Map.of("cause", cause.name())
        : Map.of("cause", cause.name(), "reason", reason);
  }
}
