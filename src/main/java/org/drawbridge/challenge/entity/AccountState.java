package org.drawbridge.challenge.entity;

/** How the protected account of a name stands. */
public enum AccountState {
  LOCKED,
  UNLOCKED,
  /** There is none of that name. */
  UNPROTECTED
}
