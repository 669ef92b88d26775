package org.drawbridge.access;

import java.util.UUID;

/** A person who signed in with a passkey. */
public record UserCaller(UUID companyId, UUID userId, UUID sessionId) implements Caller {

  /** How the history names that person. */
  public static String actor(UUID userId) {
    return "user:" + userId;
  }

  @Override
  public String actor() {
    return actor(userId);
  }

  @Override
  public Reach reach() {
    return Reach.only(companyId);
  }
}
