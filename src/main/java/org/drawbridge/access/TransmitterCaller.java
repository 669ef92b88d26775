package org.drawbridge.access;

import java.util.UUID;

/** Another service that signed a Security Event Token. */
public record TransmitterCaller(UUID companyId, UUID transmitterId) implements Caller {

  @Override
  public String actor() {
    return "transmitter:" + transmitterId;
  }

  @Override
  public Reach reach() {
    return Reach.only(companyId);
  }
}
