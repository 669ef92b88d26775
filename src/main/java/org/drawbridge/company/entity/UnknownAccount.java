package org.drawbridge.company.entity;

/** What a check of an account that is unknown, or not enabled, answers. */
public enum UnknownAccount {
  ALLOW,
  DENY
}
