package org.drawbridge.access;

import java.util.UUID;

/** A company's server, or its identity provider, known by a challenge secret. */
public record ChallengeCaller(UUID companyId, UUID secretId) implements Caller {

  @Override
  public String actor() {
    return "challenge-secret:" + secretId;
  }

  @Override
  public Reach reach() {
    return Reach.only(companyId);
  }
}
