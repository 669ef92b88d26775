package org.drawbridge.access;

import java.util.UUID;

/** A person who signed in with a passkey. */
public record UserCaller(UUID companyId, UUID userId, UUID sessionId) implements Caller {

  @Override
  public String actor() {
    return "user:" + userId;
  }

  @Override
  public Reach reach() {
    return Reach.only(companyId);
  }
}
