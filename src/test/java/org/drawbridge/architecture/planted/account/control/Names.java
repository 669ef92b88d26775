package org.drawbridge.architecture.planted.account.control;

/** All but the last say nothing. */
public final class Names {

  private Names() {}

  /** Wrong. */
  public static final class AccountUtil {}

  /** Wrong. */
  public static final class AccountUtils {}

  /** Wrong. */
  public static final class AccountHelper {}

  /** Wrong. */
  public static final class AccountManager {}

  /** Wrong. */
  public static final class AccountImpl {}

  /** Wrong. */
  public static final class AccountCommon {}

  /** Wrong. */
  public static final class AccountBase {}

  /** Names a thing. */
  public static final class Database {}
}
