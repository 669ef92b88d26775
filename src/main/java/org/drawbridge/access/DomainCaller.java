package org.drawbridge.access;

import java.util.Optional;
import java.util.UUID;

/**
 * An application that signed a domain token for one account's login.
 *
 * @param subject the {@code userAccountId}, compared exactly
 * @param tokenId the {@code jti}, where the token has one
 */
public record DomainCaller(
    UUID companyId,
    UUID applicationId,
    long applicationVersion,
    String subject,
    Optional<String> tokenId)
    implements Caller {

  @Override
  public String actor() {
    return "application:" + applicationId;
  }

  @Override
  public Reach reach() {
    return Reach.only(companyId);
  }
}
