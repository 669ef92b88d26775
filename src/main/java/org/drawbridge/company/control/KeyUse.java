package org.drawbridge.company.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When each key was last used. Kept in memory and written now and then: an update for every check
 * would make all checks of an application wait for one row.
 */
@ApplicationScoped
public class KeyUse {

  @PersistenceContext EntityManager entities;

  private final Map<Key, Instant> unwritten = new ConcurrentHashMap<>();

  private record Key(UUID companyId, UUID id) {}

  void note(UUID companyId, UUID keyId, Instant at) {
    unwritten.put(new Key(companyId, keyId), at);
  }

  /** Writes what was noted since the last call, within the caller's transaction. */
  public void write() {
    for (Map.Entry<Key, Instant> use : Map.copyOf(unwritten).entrySet()) {
      for (String table : new String[] {"signing_keys", "api_keys"}) {
        entities
            .createNativeQuery(
                "update "
                    + table
                    + " set last_used_at = :at where company_id = :company and id = :id")
            .setParameter("at", use.getValue())
            .setParameter("company", use.getKey().companyId())
            .setParameter("id", use.getKey().id())
            .executeUpdate();
      }
      unwritten.remove(use.getKey(), use.getValue());
    }
  }
}
