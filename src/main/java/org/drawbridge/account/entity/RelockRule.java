package org.drawbridge.account.entity;

/**
 * How an account's unlock ends by itself: what its owner prefers, where the account allows it.
 *
 * @param minutes how long an unlock lasts; 0 for no limit
 * @param onAttempt whether any check ends it
 * @param onSuccess whether a check made after authentication ends it
 */
public record RelockRule(int minutes, boolean onAttempt, boolean onSuccess) {

  /** An unlock lasts until somebody locks the account. */
  public static final RelockRule NEVER = new RelockRule(0, false, false);

  /** This rule where the account allows it, else {@link #NEVER}. */
  public RelockRule where(boolean autoRelockAllowed) {
    return autoRelockAllowed ? this : NEVER;
  }
}
