package org.drawbridge.access;

import java.util.UUID;

/** A company's server, known by an API key. */
public record ApiKeyCaller(UUID companyId, UUID keyId) implements Caller {

  @Override
  public String actor() {
    return "api-key:" + keyId;
  }

  @Override
  public Reach reach() {
    return Reach.only(companyId);
  }
}
