package org.drawbridge.notification.control;

import java.time.Instant;
import org.drawbridge.kernel.Language;
import org.drawbridge.kernel.OwnedId;
import org.drawbridge.notification.entity.Channel;
import org.drawbridge.notification.entity.NoticeText;

/**
 * A message on its way, leased to this node.
 *
 * @param until when it is too late to begin the try
 */
public record Delivery(
    OwnedId key,
    Channel channel,
    String kind,
    String recipient,
    Language language,
    NoticeText text,
    Instant until) {}
