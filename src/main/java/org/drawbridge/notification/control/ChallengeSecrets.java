package org.drawbridge.notification.control;

import jakarta.transaction.TransactionScoped;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * The challenge secrets of the companies whose events a transaction takes out of the outbox. Looked
 * up once for all of them.
 */
@TransactionScoped
// As for ToldWebhooks, nothing is ever written.
public class ChallengeSecrets implements Serializable {

  private static final long serialVersionUID = 1;

  private final transient Map<UUID, List<byte[]>> known = new HashMap<>();

  List<byte[]> of(UUID companyId, Function<UUID, List<byte[]>> lookUp) {
    return known.computeIfAbsent(companyId, lookUp);
  }
}
