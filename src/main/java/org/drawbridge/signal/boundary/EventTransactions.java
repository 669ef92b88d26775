package org.drawbridge.signal.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.UUID;
import org.drawbridge.access.SecurityEventRefused;
import org.drawbridge.access.SecurityEventToken;
import org.drawbridge.problem.NotFound;
import org.drawbridge.signal.control.ReceivingEvents;
import org.drawbridge.signal.control.Transmitters;
import org.drawbridge.signal.entity.EventTransmitter;

/** The transactions around the verification of an event, which may have to fetch keys first. */
@ApplicationScoped
@Transactional(rollbackOn = SecurityEventRefused.class)
public class EventTransactions {

  @Inject Transmitters transmitters;
  @Inject ReceivingEvents receiving;

  /**
   * @throws NotFound where the company has no such transmitter
   */
  public EventTransmitter transmitter(UUID companyId, UUID id) {
    return transmitters.find(companyId, id).orElseThrow(() -> new NotFound("event transmitter"));
  }

  public void receive(UUID companyId, UUID id, SecurityEventToken token)
      throws SecurityEventRefused {
    receiving.receive(transmitter(companyId, id), token);
  }
}
