package org.drawbridge.notification.control;

import java.time.Instant;
import org.drawbridge.kernel.Language;
import org.drawbridge.kernel.OwnedId;
import org.drawbridge.notification.entity.Channel;
import org.drawbridge.notification.entity.NoticeText;

/**
 * A message on its way, leased to this node.
 *
 * @param recipient as the message names it
 * @param destination of the channel's kind
 * @param until when it is too late to begin the try
 */
public record Delivery(
    OwnedId key,
    Channel channel,
    String kind,
    String recipient,
    Destination destination,
    Language language,
    NoticeText text,
    Instant until) {

  /**
   * The address or number that it goes to.
   *
   * @throws ClassCastException on a channel that has none
   */
  String address() {
    return ((Destination.Address) destination).text();
  }
}
