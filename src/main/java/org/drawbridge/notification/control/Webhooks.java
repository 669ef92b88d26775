package org.drawbridge.notification.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.drawbridge.access.Actor;
import org.drawbridge.access.Reach;
import org.drawbridge.company.control.Companies;
import org.drawbridge.kernel.CompanyEvent;
import org.drawbridge.kernel.Ids;
import org.drawbridge.kernel.OutboundHttp;
import org.drawbridge.kernel.OwnedId;
import org.drawbridge.kernel.Page;
import org.drawbridge.kernel.PageRequest;
import org.drawbridge.kernel.Settings;
import org.drawbridge.kernel.Vault;
import org.drawbridge.notification.entity.OutboxMessage;
import org.drawbridge.notification.entity.TooManyWebhooks;
import org.drawbridge.notification.entity.Webhook;
import org.drawbridge.notification.entity.WebhookChanged;
import org.drawbridge.problem.Impossible;
import org.drawbridge.problem.NotFound;

/** The webhooks of companies. */
@ApplicationScoped
public class Webhooks {

  private static final JsonProvider JSON = JsonProvider.provider();
  private static final int MOST = 20;
  private static final int SECRET_BYTES = 32;

  @PersistenceContext EntityManager entities;
  @Inject Companies companies;
  @Inject Outbox outbox;
  @Inject Queueing queueing;
  @Inject ToldWebhooks told;
  @Inject OutboundHttp http;
  @Inject Vault vault;
  @Inject Actor actor;
  @Inject Event<CompanyEvent> events;
  @Inject Clock clock;

  private final String source = Settings.current().publicUrl().toString();

  /**
   * @param secret shown once
   */
  public record Added(Webhook webhook, String secret) {}

  /**
   * @param types of events; empty for all
   * @throws Impossible where the address may not be called
   * @throws TooManyWebhooks where the company has enough of them
   */
  public Added add(Reach reach, UUID companyId, String url, List<String> types) {
    companies.get(reach, companyId);
    if (all(companyId).size() >= MOST) {
      throw new TooManyWebhooks(MOST);
    }
    URI address = http.address("url", url, "https://siem.example.com/events");
    Instant now = clock.instant();
    UUID id = Ids.next(now);
    String secret =
        Base64.getUrlEncoder().withoutPadding().encodeToString(vault.randomBytes(SECRET_BYTES));
    byte[] sealed =
        vault.seal(secret.getBytes(StandardCharsets.UTF_8), Webhook.context(companyId, id));
    Webhook webhook = new Webhook(companyId, id, address, types, sealed, now);
    entities.persist(webhook);
    changed(webhook, "webhook-added");
    return new Added(webhook, secret);
  }

  /** What is on its way to it is given up. */
  public void remove(Reach reach, UUID companyId, UUID id) {
    Webhook webhook = get(reach, companyId, id);
    entities.remove(webhook);
    changed(webhook, "webhook-removed");
  }

  public List<Webhook> of(Reach reach, UUID companyId) {
    companies.get(reach, companyId);
    return all(companyId);
  }

  /**
   * @throws NotFound where there is none, or it is out of reach
   */
  public Webhook get(Reach reach, UUID companyId, UUID id) {
    companies.get(reach, companyId);
    return find(companyId, id).orElseThrow(() -> new NotFound("webhook"));
  }

  private Optional<Webhook> find(UUID companyId, UUID id) {
    return Optional.ofNullable(entities.find(Webhook.class, new OwnedId(companyId, id)));
  }

  private List<Webhook> all(UUID companyId) {
    return entities
        .createQuery(
            "select w from Webhook w where w.companyId = :company order by w.id", Webhook.class)
        .setParameter("company", companyId)
        .getResultList();
  }

  /** Sends it something to try it with, whatever types it is told. */
  public void test(Reach reach, UUID companyId, UUID id) {
    Webhook webhook = get(reach, companyId, id);
    send(webhook, new WebhookChanged(companyId, "webhook-test", id, Map.of()));
  }

  /** Queues what changed for each webhook that is told of it. */
  public void tell(CompanyEvent event) {
    for (Webhook webhook : told.of(event.companyId(), this::all)) {
      if (webhook.isTold(event.type())) {
        send(webhook, event);
      }
    }
  }

  private void send(Webhook webhook, CompanyEvent event) {
    Instant now = clock.instant();
    JsonObjectBuilder data =
        JSON.createObjectBuilder()
            .add("subjectId", event.subjectId().toString())
            .add("actor", actor.name());
    new TreeMap<>(event.details()).forEach(data::add);
    queueing.event(
        event.companyId(),
        webhook.id(),
        event.type(),
        JSON.createObjectBuilder()
            .add("version", 1)
            // The same at each try, so that what arrives twice is recognised.
            .add("id", Ids.next(now).toString())
            .add("type", event.type())
            .add("source", source)
            .add("time", now.toString())
            .add("tenantId", event.companyId().toString())
            .add("data", data)
            .build()
            .toString());
  }

  /** What was sent to it, or is to be, newest first. */
  public Page<OutboxMessage> deliveries(Reach reach, UUID companyId, UUID id, PageRequest request) {
    get(reach, companyId, id);
    return outbox.pageTo(companyId, id.toString(), request);
  }

  /**
   * Has a message tried again that was given up.
   *
   * @throws NotFound where none was sent to this webhook
   */
  public OutboxMessage tryAgain(Reach reach, UUID companyId, UUID id, UUID messageId) {
    get(reach, companyId, id);
    return outbox.tryAgain(
        messageId, message -> message.companyId().equals(companyId) && message.isTo(id.toString()));
  }

  private void changed(Webhook webhook, String type) {
    events.fire(
        new WebhookChanged(
            webhook.companyId(), type, webhook.id(), Map.of("host", webhook.url().getHost())));
  }
}
