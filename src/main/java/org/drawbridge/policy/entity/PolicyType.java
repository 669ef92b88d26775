package org.drawbridge.policy.entity;

/** When a policy acts. */
public enum PolicyType {
  /** At the occurrences of its schedule. */
  SCHEDULED,
  /** When a security system executes it. */
  ALERT,
  /** On an account as soon as it is assigned; unlocking it then needs approvers too. */
  MULTI_APPROVAL
}
