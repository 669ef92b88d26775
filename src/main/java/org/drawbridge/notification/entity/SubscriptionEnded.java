package org.drawbridge.notification.entity;

import org.drawbridge.kernel.OwnedId;

/** A push service said that a browser shows no more notices. */
public record SubscriptionEnded(OwnedId subscription) {}
