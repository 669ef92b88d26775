package org.drawbridge.protection.entity;

import java.util.UUID;
import org.drawbridge.account.entity.AccountStatus;

/**
 * What a check answers.
 *
 * @param checkId the id of the recorded check
 * @param hasOwner whether the account is a user's, who can be asked for an unlock
 * @param recorded false where it could not be recorded, and its application chose the answer
 */
public record Answer(
    UUID checkId, boolean locked, AccountStatus status, boolean hasOwner, boolean recorded) {

  /** Recorded, about an account that is nobody's. */
  public Answer(UUID checkId, boolean locked, AccountStatus status) {
    this(checkId, locked, status, false, true);
  }

  public Answer withOwner(boolean thereIsOne) {
    return new Answer(checkId, locked, status, thereIsOne, recorded);
  }
}
