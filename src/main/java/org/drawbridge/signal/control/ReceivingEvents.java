package org.drawbridge.signal.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.Set;
import org.drawbridge.access.SecurityEventRefused;
import org.drawbridge.access.SecurityEventToken;
import org.drawbridge.access.TransmitterCaller;
import org.drawbridge.kernel.CompanyEvent;
import org.drawbridge.kernel.Storable;
import org.drawbridge.signal.entity.EventTransmitter;
import org.drawbridge.signal.entity.Subject;
import org.drawbridge.signal.entity.TransmitterChanged;

/**
 * Takes events of OpenID Shared Signals (CAEP 1.0 and RISC 1.0): those that say that an account may
 * be in other hands lock it, by {@code autoLockOnBreach}; all others are noted.
 */
@ApplicationScoped
public class ReceivingEvents {

  private static final String CAEP = "https://schemas.openid.net/secevent/caep/event-type/";
  private static final String RISC = "https://schemas.openid.net/secevent/risc/event-type/";

  private static final Set<String> LOCKING =
      Set.of(
          CAEP + "session-revoked",
          CAEP + "credential-change",
          RISC + "account-credential-change-required",
          RISC + "credential-compromise",
          RISC + "account-disabled");

  private static final int MAX_NAME = 100;

  @Inject Transmitters transmitters;
  @Inject LockingOnBreach locking;
  @Inject Event<CompanyEvent> changes;

  /**
   * A token that came before does nothing again.
   *
   * @throws SecurityEventRefused where it holds no events
   */
  public void receive(EventTransmitter transmitter, SecurityEventToken token)
      throws SecurityEventRefused {
    if (!(token.claims().get("events") instanceof JsonObject events) || events.isEmpty()) {
      throw new SecurityEventRefused("invalid_request", "events must hold at least one event.");
    }
    if (!transmitters.noteFirst(transmitter, token.tokenId())) {
      return;
    }
    for (Map.Entry<String, JsonValue> event : events.entrySet()) {
      String name = name(event.getKey());
      changes.fire(
          new TransmitterChanged(
              transmitter.companyId(),
              "security-event-received",
              transmitter.id(),
              Map.of("event", name)));
      if (LOCKING.contains(event.getKey())) {
        JsonObject payload =
            event.getValue() instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
        for (Subject subject : Subject.of(token.claims(), payload)) {
          lock(transmitter, subject, name);
        }
      }
    }
  }

  private void lock(EventTransmitter transmitter, Subject subject, String source) {
    TransmitterCaller caller = new TransmitterCaller(transmitter.companyId(), transmitter.id());
    if (subject.email() != null) {
      locking.ofEmail(caller, transmitter.companyId(), subject.email(), source);
    } else if (subject.userAccountId() != null) {
      locking.ofName(caller, transmitter.companyId(), subject.userAccountId(), source);
    }
  }

  /** The end of its address, which tells people enough. */
  private static String name(String event) {
    return Storable.fitted(event.substring(event.lastIndexOf('/') + 1), MAX_NAME);
  }
}
