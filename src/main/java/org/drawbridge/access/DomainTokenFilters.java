package org.drawbridge.access;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import org.drawbridge.access.DomainTokens.Use;
import org.drawbridge.access.VerificationKeys.Freshness;

/** The filters that identify an application by its domain token. */
public final class DomainTokenFilters {

  /** Name of the header that carries a domain token. */
  public static final String HEADER = "x-nl3-authorization-token";

  private DomainTokenFilters() {}

  /** For calls marked {@link CheckTokenRequired}. Cached keys do: a check compares versions. */
  @Provider
  @CheckTokenRequired
  @ApplicationScoped
  @Priority(Priorities.AUTHENTICATION)
  public static class ForChecks implements ContainerRequestFilter {

    @Inject DomainTokens tokens;
    @Inject CallerIdentity identity;

    @Override
    public void filter(ContainerRequestContext request) {
      identity.identify(
          tokens.verify(request.getHeaderString(HEADER), Use.CHECK, Freshness.CACHED));
    }
  }

  /** For calls marked {@link EnablementTokenRequired}. */
  @Provider
  @EnablementTokenRequired
  @ApplicationScoped
  @Priority(Priorities.AUTHENTICATION)
  public static class ForEnablement implements ContainerRequestFilter {

    @Inject DomainTokens tokens;
    @Inject CallerIdentity identity;

    @Override
    public void filter(ContainerRequestContext request) {
      identity.identify(
          tokens.verify(request.getHeaderString(HEADER), Use.ENABLEMENT, Freshness.FRESH));
    }
  }
}
