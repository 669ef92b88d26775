package org.drawbridge.challenge.control;

import java.time.Instant;
import java.util.UUID;
import org.drawbridge.access.ChallengeCaller;
import org.drawbridge.challenge.entity.Attempt;
import org.drawbridge.challenge.entity.Attempt.Circumstances;
import org.drawbridge.challenge.entity.Contact.Told;
import org.drawbridge.kernel.OwnedId;
import org.jspecify.annotations.Nullable;

/**
 * What is tracked: somebody's doing of an action.
 *
 * @param userId as the company calls the account
 * @param idempotencyKey of the attempt; null for one that nobody asks about again by a key
 * @param told what the company tells of the person
 */
public record Track(
    ChallengeCaller caller,
    String userId,
    String action,
    @Nullable String idempotencyKey,
    Told told,
    Circumstances circumstances) {

  UUID companyId() {
    return caller.companyId();
  }

  /** The attempt, which is not decided yet. */
  Attempt attempt(OwnedId user, UUID id, Instant now) {
    String key = idempotencyKey == null ? id.toString() : idempotencyKey;
    return new Attempt(user, id, action, key, caller.secretId(), circumstances, now);
  }
}
