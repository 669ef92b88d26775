package org.drawbridge.account.entity;

/** On whose word an account is unlocked. */
public enum Assurance {
  /** The owner's, who signed in or approved with a passkey. */
  PASSKEY,
  BREAK_GLASS_CODE,
  ADMINISTRATOR,
  POLICY,
  /** Nobody's: it is locked, not protected, or has been open since it was added. */
  NONE;

  /** What the cause of an unlock is worth. */
  public static Assurance of(LockCause cause) {
    return switch (cause) {
      case OWNER -> PASSKEY;
      case BREAK_GLASS -> BREAK_GLASS_CODE;
      case ADMINISTRATOR -> ADMINISTRATOR;
      case POLICY, POLICY_RELEASED -> POLICY;
      default -> NONE;
    };
  }
}
