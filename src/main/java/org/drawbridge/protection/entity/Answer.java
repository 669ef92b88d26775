package org.drawbridge.protection.entity;

import java.util.UUID;
import org.drawbridge.account.entity.AccountStatus;

/**
 * What a check answers.
 *
 * @param checkId the id of the recorded check
 * @param recorded false where it could not be recorded, and its application chose the answer
 */
public record Answer(UUID checkId, boolean locked, AccountStatus status, boolean recorded) {

  public Answer(UUID checkId, boolean locked, AccountStatus status) {
    this(checkId, locked, status, true);
  }
}
