package org.drawbridge.account.entity;

/** Why an account was locked or unlocked. */
public enum LockCause {
  /** The state the account was added with. */
  INITIAL,
  ADMINISTRATOR,
  /** The person whose account it is. */
  OWNER,
  /** A break-glass code, for a time, whatever policies say. */
  BREAK_GLASS,
  /** The unlock ended after its minutes. */
  AUTO_LOCK_MINUTES,
  /** The unlock ended with a check. */
  AUTO_LOCK_ON_ATTEMPT,
  /** The unlock ended with a check that was made after authentication. */
  AUTO_LOCK_ON_SUCCESS,
  /** The account's password, or its owner's, is known to others. */
  AUTO_LOCK_ON_BREACH,
  /** The unlock ended because the account's password was changed. */
  PASSWORD_CHANGED,
  /** A policy locked or unlocked it. */
  POLICY,
  /** The policy that held it was deleted, has ended, or is no longer for this account. */
  POLICY_RELEASED
}
