package org.drawbridge.notification.entity;

/** A message was queued, and is due. */
public record MessageQueued(Channel channel) {}
