package org.drawbridge.account.control;

import java.util.UUID;
import org.drawbridge.account.entity.RelockRule;
import org.jspecify.annotations.Nullable;

/** What the owners of accounts prefer; implemented by the feature that knows people. */
public interface RelockRules {

  /**
   * @param userId null for an account without an owner
   */
  RelockRule of(UUID companyId, @Nullable UUID userId);
}
