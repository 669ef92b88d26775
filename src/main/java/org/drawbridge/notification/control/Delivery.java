package org.drawbridge.notification.control;

import java.util.UUID;
import org.drawbridge.kernel.OwnedId;
import org.drawbridge.notification.entity.Channel;
import org.drawbridge.notification.entity.NoticeText;

/** A message on its way, leased to this node. */
public record Delivery(
    OwnedId key, UUID id, Channel channel, String kind, String recipient, NoticeText text) {}
