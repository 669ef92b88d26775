package org.drawbridge.policy.control;

/** Why an occurrence is not at the time that its schedule names. */
public enum Shift {
  DST_GAP("The clock was put forward over this time, so it runs at the first moment after that."),
  SHORT_MONTH("The month has no such day, so it runs on the month's last day.");

  private final String reason;

  Shift(String reason) {
    this.reason = reason;
  }

  /** One sentence for people. */
  public String reason() {
    return reason;
  }
}
