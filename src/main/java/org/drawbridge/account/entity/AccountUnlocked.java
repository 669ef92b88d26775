package org.drawbridge.account.entity;

import java.util.Map;
import java.util.UUID;
import org.drawbridge.kernel.CompanyEvent;

/** An account was unlocked. */
public record AccountUnlocked(UUID companyId, UUID accountId, LockCause cause, UUID changeId)
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
    return Map.of("cause", cause.name());
  }
}
