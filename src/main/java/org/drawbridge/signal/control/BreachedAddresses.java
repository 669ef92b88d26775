package org.drawbridge.signal.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import org.drawbridge.kernel.Vault;
import org.drawbridge.signal.entity.BreachedAddress;

/** The e-mail addresses that companies were told breaches of, for a year. */
@ApplicationScoped
public class BreachedAddresses {

  private static final Duration REMEMBERED = Duration.ofDays(366);

  @PersistenceContext EntityManager entities;
  @Inject Vault vault;
  @Inject Clock clock;

  void add(UUID companyId, String email) {
    Instant now = clock.instant();
    entities
        .createQuery(
            "delete from BreachedAddress b where b.companyId = :company and b.signalledAt < :before")
        .setParameter("company", companyId)
        .setParameter("before", now.minus(REMEMBERED))
        .executeUpdate();
    String hash = hash(companyId, email);
    BreachedAddress known =
        entities.find(BreachedAddress.class, new BreachedAddress.Key(companyId, hash));
    if (known == null) {
      entities.persist(new BreachedAddress(companyId, hash, now));
    } else {
      known.signalledAgain(now);
    }
  }

  /** Compared without case. */
  public boolean contains(UUID companyId, String email) {
    BreachedAddress known =
        entities.find(
            BreachedAddress.class, new BreachedAddress.Key(companyId, hash(companyId, email)));
    return known != null && known.signalledAt().isAfter(clock.instant().minus(REMEMBERED));
  }

  private String hash(UUID companyId, String email) {
    String message = companyId + " " + email.toLowerCase(Locale.ROOT);
    return HexFormat.of()
        .formatHex(vault.mac("breached-address", message.getBytes(StandardCharsets.UTF_8)));
  }
}
