package org.drawbridge.audit.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.UUID;
import org.drawbridge.audit.entity.ActivityChain;
import org.drawbridge.kernel.Vault;
import org.jspecify.annotations.Nullable;

/** The heads of the companies' chains, under seals of the {@link Vault}. */
@ApplicationScoped
public class ChainHeads {

  private static final String PURPOSE = "activity-chain";

  @PersistenceContext EntityManager entities;
  @Inject Vault vault;

  /** Null where nothing is chained yet. */
  public @Nullable ActivityChain head(UUID companyId) {
    return entities.find(ActivityChain.class, companyId);
  }

  /** Nobody else lets the chain grow until the transaction ends. */
  @Nullable ActivityChain held(UUID companyId) {
    return entities.find(ActivityChain.class, companyId, LockModeType.PESSIMISTIC_WRITE);
  }

  /** Whether it was written by who has the master key, for this company. */
  boolean isGenuine(ActivityChain head) {
    return vault.isMac(PURPOSE, head.sealed(), head.seal());
  }

  void grow(ActivityChain head, long length, String hash) {
    byte[] sealed = ActivityChain.sealed(head.companyId(), length, hash);
    head.grow(length, hash, vault.mac(PURPOSE, sealed));
    entities.persist(head);
  }
}
