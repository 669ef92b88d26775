package org.drawbridge.access;

/** Who sent a request, once that is proven. */
public sealed interface Caller
    permits DomainCaller,
        ApiKeyCaller,
        ChallengeCaller,
        AdministratorCaller,
        UserCaller,
        TransmitterCaller {

  /** How the activity log names the caller; no secrets. */
  String actor();

  /** Which companies' things the caller may see and change. */
  Reach reach();
}
