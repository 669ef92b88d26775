package org.drawbridge.policy.entity;

/** How often a schedule recurs, counted from its anchor. The names are those of the contract. */
public enum Frequency {
  ONCE,
  DAILY,
  /** Monday to Friday; holidays are not known. */
  WEEKDAYS,
  WEEKLY,
  /** Every 14 days. */
  BI_WEEKLY,
  MONTHLY,
  /** Every third month. */
  QUARTERLY,
  ANNUALLY
}
