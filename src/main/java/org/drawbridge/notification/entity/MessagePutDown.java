package org.drawbridge.notification.entity;

/** A message was put down, and is due. */
public record MessagePutDown(Channel channel) {}
