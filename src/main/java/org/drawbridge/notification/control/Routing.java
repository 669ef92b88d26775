package org.drawbridge.notification.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.drawbridge.access.VerificationKeys;
import org.drawbridge.kernel.OwnedId;
import org.drawbridge.kernel.Vault;
import org.drawbridge.notification.control.Destination.Address;
import org.drawbridge.notification.control.Destination.Browsers;
import org.drawbridge.notification.control.Destination.Endpoint;
import org.drawbridge.notification.entity.OutboxMessage;
import org.drawbridge.notification.entity.PushSubscription;
import org.drawbridge.notification.entity.Webhook;
import org.drawbridge.problem.LogLine;

/** Finds where messages go. */
@ApplicationScoped
public class Routing {

  private static final Logger LOG = Logger.getLogger(Routing.class.getName());

  /** A signature with each goes into a header, which may not grow without end. */
  private static final int MOST_CHALLENGE_SECRETS = 10;

  @PersistenceContext EntityManager entities;
  @Inject PushSubscriptions subscriptions;
  @Inject ChallengeSecrets secrets;
  @Inject VerificationKeys keys;
  @Inject Vault vault;

  /** Empty where there is nothing left to send it to, or no master key opens what it needs. */
  Optional<Destination> of(OutboxMessage message) {
    try {
      return found(message);
    } catch (IllegalStateException e) {
      // One unreadable secret must not stand in the way of all other messages.
      LogLine.event("outbox.unreadable").with("message", message.id()).log(LOG, Level.WARNING, e);
      return Optional.empty();
    }
  }

  private Optional<Destination> found(OutboxMessage message) {
    UUID companyId = message.companyId();
    return switch (message.channel()) {
      case MAIL, SMS -> Optional.of(new Address(message.recipient()));
      case WEBHOOK ->
          Optional.ofNullable(entities.find(Webhook.class, named(companyId, message)))
              .map(this::endpoint);
      case PUSH -> browsers(companyId, UUID.fromString(message.recipient()));
    };
  }

  private static OwnedId named(UUID companyId, OutboxMessage message) {
    return new OwnedId(companyId, UUID.fromString(message.recipient()));
  }

  /**
   * Signed with the secret of its own, and with those that Authsignal's client, which has one
   * secret for all, calls the challenge API with.
   */
  private Destination endpoint(Webhook webhook) {
    String context = Webhook.context(webhook.companyId(), webhook.id());
    List<byte[]> all = new ArrayList<>();
    all.add(vault.open(webhook.sealedSecret(), context));
    all.addAll(
        secrets.of(webhook.companyId(), id -> keys.challengeSecretsOf(id, MOST_CHALLENGE_SECRETS)));
    return new Endpoint(webhook.url(), all);
  }

  private Optional<Destination> browsers(UUID companyId, UUID userId) {
    List<PushSubscription> all = subscriptions.of(companyId, userId);
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(new Browsers(subscriptions.keys(companyId), all));
  }
}
