package org.drawbridge.notification.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import org.drawbridge.kernel.Settings;
import org.drawbridge.notification.entity.Channel;

/** Where the messages of each channel go, by the settings. */
@ApplicationScoped
public class Gateways {

  private final Map<Channel, Gateway> gateways = new EnumMap<>(Channel.class);

  protected Gateways() {}

  @Inject
  public Gateways(Clock clock) {
    Settings settings = Settings.current();
    settings
        .smtpUrl()
        .ifPresent(
            server ->
                gateways.put(Channel.MAIL, new SmtpRelay(server, settings.mailFrom(), clock)));
    settings.smsUrl().ifPresent(gateway -> gateways.put(Channel.SMS, new SmsGateway(gateway)));
  }

  /** False where messages stay in the outbox. */
  boolean leadOut(Channel channel) {
    return gateways.containsKey(channel);
  }

  /** Sends; outside of any transaction, because it takes as long as the gateway likes. */
  public void send(Delivery delivery) throws DeliveryFailed {
    Gateway gateway = gateways.get(delivery.channel());
    if (gateway == null) {
      throw new IllegalStateException("No setting names a gateway for " + delivery.channel());
    }
    gateway.send(delivery);
  }
}
