package org.drawbridge.company.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
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

  /** Of either kind. */
  public record Key(UUID companyId, UUID id) {}

  void note(UUID companyId, UUID keyId, Instant at) {
    unwritten.put(new Key(companyId, keyId), at);
  }

  /** What has not been written yet, in an order that all nodes hold the keys in. */
  public SortedMap<Key, Instant> noted() {
    SortedMap<Key, Instant> noted =
        new TreeMap<>(Comparator.comparing(Key::companyId).thenComparing(Key::id));
    noted.putAll(unwritten);
    return noted;
  }

  /** Within the caller's transaction; to {@link #forget} once that is committed. */
  public void write(SortedMap<Key, Instant> noted) {
    noted.forEach(
        (key, at) -> {
          write("signing_keys", key, at);
          write("api_keys", key, at);
        });
  }

  private void write(String table, Key key, Instant at) {
    entities
        .createNativeQuery(
            "update " + table + " set last_used_at = :at where company_id = :company and id = :id")
        .setParameter("at", at)
        .setParameter("company", key.companyId())
        .setParameter("id", key.id())
        .executeUpdate();
  }

  /** What was used again meanwhile stays noted. */
  public void forget(SortedMap<Key, Instant> written) {
    written.forEach(unwritten::remove);
  }
}
