package org.drawbridge.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.inject.Inject;

/** Who does what is being done: the caller of the request, or the server itself. */
@ApplicationScoped
public class Actor {

  private static final String SERVER = "drawbridge";

  @Inject CallerIdentity identity;

  public String name() {
    try {
      return identity.isKnown() ? identity.caller().actor() : SERVER;
    } catch (ContextNotActiveException e) {
      // A timer has no caller.
      return SERVER;
    }
  }
}
