package org.drawbridge.access;

/**
 * A person or script that administers the platform or one company.
 *
 * @param isPlatform whether this is the platform administrator
 */
public record AdministratorCaller(String actor, Reach reach, boolean isPlatform) implements Caller {

  public static final AdministratorCaller PLATFORM =
      new AdministratorCaller("platform-administrator", Reach.everything(), true);
}
