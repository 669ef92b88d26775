package org.drawbridge.notification.control;

import jakarta.transaction.TransactionScoped;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.drawbridge.notification.entity.Webhook;

/**
 * The webhooks of the companies that a transaction tells of changes, as they are at its first.
 * Looked up once: one that changes a thousand things would ask a thousand times.
 */
@TransactionScoped
// The scope wants it serializable; nothing outlives its transaction, so nothing is ever written.
public class ToldWebhooks implements Serializable {

  private static final long serialVersionUID = 1;

  private final transient Map<UUID, List<Webhook>> known = new HashMap<>();

  List<Webhook> of(UUID companyId, Function<UUID, List<Webhook>> lookUp) {
    return known.computeIfAbsent(companyId, lookUp);
  }
}
