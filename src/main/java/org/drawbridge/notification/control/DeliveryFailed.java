package org.drawbridge.notification.control;

import org.jspecify.annotations.Nullable;

/** A gateway did not take a message over. The message says why. */
public final class DeliveryFailed extends Exception {

  private final boolean isFinal;

  private DeliveryFailed(String why, boolean isFinal, @Nullable Throwable cause) {
    super(why, cause);
    this.isFinal = isFinal;
  }

  DeliveryFailed(String why) {
    super(why);
    this.isFinal = false;
  }

  DeliveryFailed(String why, Throwable cause) {
    this(why, false, cause);
  }

  /** No other try can succeed. */
  static DeliveryFailed forGood(String why) {
    return new DeliveryFailed(why, true, null);
  }

  /** No other try can succeed. */
  static DeliveryFailed forGood(String why, Throwable cause) {
    return new DeliveryFailed(why, true, cause);
  }

  /** A defect of ours, or of a library. */
  public static DeliveryFailed of(Exception defect) {
    return new DeliveryFailed(defect.toString(), defect);
  }

  public boolean isFinal() {
    return isFinal;
  }

  public String why() {
    return String.valueOf(getMessage());
  }
}
