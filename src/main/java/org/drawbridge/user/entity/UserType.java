package org.drawbridge.user.entity;

/** Whom a person belongs to. */
public enum UserType {
  /** A customer, patient or student. */
  EXTERNAL,
  /** Somebody of the company itself. */
  INTERNAL
}
