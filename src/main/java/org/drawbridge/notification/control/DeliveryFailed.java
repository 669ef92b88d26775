package org.drawbridge.notification.control;

/** A gateway did not take a message over; another try may succeed. The message says why. */
public final class DeliveryFailed extends Exception {

  DeliveryFailed(String why) {
    super(why);
  }

  DeliveryFailed(String why, Throwable cause) {
    super(why, cause);
  }

  public String why() {
    return String.valueOf(getMessage());
  }
}
