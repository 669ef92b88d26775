package org.drawbridge.notification.control;

import org.jspecify.annotations.Nullable;

/**
 * How a try ended.
 *
 * @param failure null where the message was taken over
 */
public record Outcome(Delivery delivery, @Nullable DeliveryFailed failure) {}
