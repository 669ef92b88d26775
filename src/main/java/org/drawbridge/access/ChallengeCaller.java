package org.drawbridge.access;

import java.util.UUID;

/**
 * A company's server, or its identity provider, known by a challenge secret.
 *
 * @param secret what tokens for the caller are signed with
 */
public record ChallengeCaller(UUID companyId, UUID secretId, byte[] secret) implements Caller {

  @Override
  public String actor() {
    return "challenge-secret:" + secretId;
  }

  @Override
  public Reach reach() {
    return Reach.only(companyId);
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return actor();
  }
}
