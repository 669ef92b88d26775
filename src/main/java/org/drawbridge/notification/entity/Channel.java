package org.drawbridge.notification.entity;

/** A way to reach a person. */
public enum Channel {
  MAIL,
  SMS
}
