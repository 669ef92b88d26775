package org.drawbridge.access;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

/** Identifies an administrator by a bearer token (RFC 6750 section 2.1). */
@Provider
@AdministratorRequired
@ApplicationScoped
@Priority(Priorities.AUTHENTICATION)
public class AdministratorFilter implements ContainerRequestFilter {

  private static final String SCHEME = "Bearer ";
  private static final int MAX_LENGTH = 1024;

  @Inject Administrators administrators;
  @Inject CallerIdentity identity;

  @Override
  public void filter(ContainerRequestContext request) {
    String header = request.getHeaderString(HttpHeaders.AUTHORIZATION);
    if (header == null || header.isBlank()) {
      throw Unauthorized.missing(Credential.ADMINISTRATOR);
    }
    if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        || header.length() > MAX_LENGTH) {
      throw Unauthorized.refused(Credential.ADMINISTRATOR);
    }
    AdministratorCaller caller = administrators.bearer(header.substring(SCHEME.length()).trim());
    if (caller == null) {
      throw Unauthorized.refused(Credential.ADMINISTRATOR);
    }
    identity.identify(caller);
  }
}
