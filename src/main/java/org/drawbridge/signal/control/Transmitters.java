package org.drawbridge.signal.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.drawbridge.access.Reach;
import org.drawbridge.access.SecurityEventTokens;
import org.drawbridge.company.control.Companies;
import org.drawbridge.kernel.CompanyEvent;
import org.drawbridge.kernel.Ids;
import org.drawbridge.kernel.OutboundHttp;
import org.drawbridge.kernel.OwnedId;
import org.drawbridge.kernel.Settings;
import org.drawbridge.problem.Impossible;
import org.drawbridge.problem.NotFound;
import org.drawbridge.signal.entity.EventTransmitter;
import org.drawbridge.signal.entity.ReceivedToken;
import org.drawbridge.signal.entity.TransmitterChanged;
import org.jspecify.annotations.Nullable;

/** The services that tell a company of security events. */
@ApplicationScoped
public class Transmitters {

  @PersistenceContext EntityManager entities;
  @Inject Companies companies;
  @Inject OutboundHttp http;
  @Inject Event<CompanyEvent> events;
  @Inject Clock clock;

  private final String home = Settings.current().publicUrl().toString();

  /**
   * @param audience null for the public URL of this server
   * @throws Impossible where the keys' address may not be called
   */
  public EventTransmitter add(
      Reach reach, UUID companyId, String issuer, @Nullable String audience, String keySetUrl) {
    companies.get(reach, companyId);
    Instant now = clock.instant();
    EventTransmitter transmitter =
        new EventTransmitter(
            companyId,
            Ids.next(now),
            issuer,
            audience == null ? home : audience,
            http.address("jwksUrl", keySetUrl, "https://idp.example.com/jwks"),
            now);
    entities.persist(transmitter);
    changed(transmitter, "event-transmitter-added");
    return transmitter;
  }

  public void remove(Reach reach, UUID companyId, UUID id) {
    companies.get(reach, companyId);
    EventTransmitter transmitter =
        find(companyId, id).orElseThrow(() -> new NotFound("event transmitter"));
    entities
        .createQuery(
            "delete from ReceivedToken t where t.companyId = :company and t.transmitterId = :id")
        .setParameter("company", companyId)
        .setParameter("id", id)
        .executeUpdate();
    entities.remove(transmitter);
    changed(transmitter, "event-transmitter-removed");
  }

  public List<EventTransmitter> of(Reach reach, UUID companyId) {
    companies.get(reach, companyId);
    return entities
        .createQuery(
            "select t from EventTransmitter t where t.companyId = :company order by t.id",
            EventTransmitter.class)
        .setParameter("company", companyId)
        .getResultList();
  }

  public Optional<EventTransmitter> find(UUID companyId, UUID id) {
    return Optional.ofNullable(entities.find(EventTransmitter.class, new OwnedId(companyId, id)));
  }

  /**
   * Notes that a token came; whoever brings it at the same time waits. Answers whether it is the
   * first time.
   */
  boolean noteFirst(EventTransmitter transmitter, String tokenId) {
    entities.lock(transmitter, LockModeType.PESSIMISTIC_WRITE);
    Instant now = clock.instant();
    transmitter.received(now);
    entities
        .createQuery(
            "delete from ReceivedToken t where t.companyId = :company and t.transmitterId = :id"
                + " and t.receivedAt < :before")
        .setParameter("company", transmitter.companyId())
        .setParameter("id", transmitter.id())
        .setParameter("before", now.minus(SecurityEventTokens.MAX_AGE.multipliedBy(2)))
        .executeUpdate();
    if (entities.find(ReceivedToken.class, new ReceivedToken.Key(transmitter, tokenId)) != null) {
      return false;
    }
    entities.persist(new ReceivedToken(transmitter, tokenId, now));
    return true;
  }

  private void changed(EventTransmitter transmitter, String type) {
    events.fire(
        new TransmitterChanged(
            transmitter.companyId(),
            type,
            transmitter.id(),
            Map.of("issuer", transmitter.issuer())));
  }
}
