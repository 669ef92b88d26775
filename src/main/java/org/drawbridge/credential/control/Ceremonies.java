package org.drawbridge.credential.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import org.drawbridge.credential.entity.Ceremony;
import org.drawbridge.credential.entity.Ceremony.Party;
import org.drawbridge.credential.entity.CeremonyExpired;
import org.drawbridge.credential.entity.CeremonyUnknown;
import org.drawbridge.kernel.OwnedId;
import org.drawbridge.kernel.OwnedSecret;
import org.jspecify.annotations.Nullable;

/** The ceremonies under way. */
@ApplicationScoped
public class Ceremonies {

  @PersistenceContext EntityManager entities;

  void add(Ceremony ceremony) {
    entities.persist(ceremony);
  }

  /**
   * Takes a ceremony out; of several callers, on whatever nodes, one gets it.
   *
   * @param by who finishes it; null for whoever the credential will tell
   * @throws CeremonyUnknown where there is none, or it is somebody else's
   * @throws CeremonyExpired where it was started too long ago
   */
  Ceremony take(Ceremony.Kind kind, String text, @Nullable Party by, Instant now) {
    OwnedSecret secret = OwnedSecret.parse(text);
    Ceremony ceremony =
        secret == null
            ? null
            : entities.find(Ceremony.class, new OwnedId(secret.companyId(), secret.id()));
    if (secret == null || ceremony == null) {
      throw new CeremonyUnknown();
    }
    ceremony.require(kind, secret.hash(), by);
    int removed =
        entities
            .createQuery("delete from Ceremony c where c.companyId = :company and c.id = :id")
            .setParameter("company", ceremony.companyId())
            .setParameter("id", ceremony.id())
            .executeUpdate();
    entities.detach(ceremony);
    if (removed == 0) {
      throw new CeremonyUnknown();
    }
    if (ceremony.isExpired(now)) {
      throw new CeremonyExpired();
    }
    return ceremony;
  }

  /** Clears away what nobody has finished; answers how many. */
  public int removeExpired(Instant now) {
    return entities
        .createQuery("delete from Ceremony c where c.expiry < :now")
        .setParameter("now", now)
        .executeUpdate();
  }
}
