package org.drawbridge.notification.entity;

/** A way to reach a person, or a company's own systems. */
public enum Channel {
  MAIL,
  SMS,
  PUSH,
  WEBHOOK;

  /**
   * Whether who gets a message twice shows it once: mail programs know the Message-ID, browsers the
   * tag, and webhooks the event's id. An SMS has nothing of the kind.
   */
  public boolean knowsRepeats() {
    return this != SMS;
  }

  /** Whether all messages go to the operator's gateway, and not each to an endpoint of its own. */
  public boolean hasOneGateway() {
    return this == MAIL || this == SMS;
  }
}
