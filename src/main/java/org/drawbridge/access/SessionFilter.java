package org.drawbridge.access;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/**
 * Identifies a person by the session cookie. What changes something also needs the session's CSRF
 * token in a header, which another site's page can neither read nor send.
 */
@Provider
@SessionRequired
@ApplicationScoped
@Priority(Priorities.AUTHENTICATION)
public class SessionFilter implements ContainerRequestFilter {

  public static final String CSRF_HEADER = "x-drawbridge-csrf";

  private static final int MAX_LENGTH = 200;

  @Inject UserSessions sessions;
  @Inject CallerIdentity identity;

  @Override
  public void filter(ContainerRequestContext request) {
    String secret = SessionCookie.in(request.getCookies());
    if (secret == null || secret.isBlank()) {
      throw Unauthorized.missing(Credential.SESSION);
    }
    UserCaller caller = secret.length() > MAX_LENGTH ? null : sessions.session(secret);
    if (caller == null) {
      throw Unauthorized.refused(Credential.SESSION);
    }
    if (!request.getMethod().equals(HttpMethod.GET)) {
      String token = request.getHeaderString(CSRF_HEADER);
      if (token == null || !sessions.isCsrfToken(caller, token)) {
        throw new CrossSiteRequest();
      }
    }
    identity.identify(caller);
  }
}
