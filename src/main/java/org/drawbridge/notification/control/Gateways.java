package org.drawbridge.notification.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import org.drawbridge.kernel.Settings;
import org.drawbridge.notification.entity.Channel;

/** Where the messages of each channel go. Mail and SMS: by the settings. */
@ApplicationScoped
public class Gateways {

  private final Map<Channel, Supplier<Line>> lines = new EnumMap<>(Channel.class);

  protected Gateways() {}

  @Inject
  public Gateways(Clock clock, WebhookCalls webhooks, PushCalls browsers) {
    Settings settings = Settings.current();
    settings
        .smtpUrl()
        .ifPresent(
            server ->
                lines.put(
                    Channel.MAIL,
                    new SmtpRelay(
                            server, settings.mailFrom(), settings.publicUrl().toString(), clock)
                        ::line));
    settings
        .smsUrl()
        .ifPresent(
            address -> {
              SmsGateway gateway = new SmsGateway(address);
              lines.put(Channel.SMS, () -> gateway);
            });
    lines.put(Channel.WEBHOOK, () -> webhooks);
    lines.put(Channel.PUSH, () -> browsers);
  }

  /** False where messages stay in the outbox. */
  boolean leadOut(Channel channel) {
    return lines.containsKey(channel);
  }

  /**
   * @throws IllegalStateException where messages of this channel stay in the outbox
   */
  public Line line(Channel channel) {
    Supplier<Line> line = lines.get(channel);
    if (line == null) {
      throw new IllegalStateException("No setting names a gateway for " + channel);
    }
    return line.get();
  }
}
