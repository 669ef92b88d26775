package org.drawbridge.notification.entity;

/** A way to reach a person, or a company's own systems. */
public enum Channel {
  MAIL,
  SMS,
  PUSH,
  WEBHOOK
}
