package org.drawbridge.company.entity;

/** What a check that cannot be recorded in time answers. */
public enum OnFailure {
  /** 503: the enforcement point decides. */
  UNAVAILABLE,
  ALLOW,
  DENY
}
