package org.drawbridge.access;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import org.drawbridge.access.VerificationKeys.Freshness;

/** The filters that identify a company by its challenge secret. */
public final class ChallengeSecretFilters {

  private ChallengeSecretFilters() {}

  /** For calls marked {@link ChallengeSecretRequired}. */
  @Provider
  @ChallengeSecretRequired
  @ApplicationScoped
  @Priority(Priorities.AUTHENTICATION)
  public static class ForCalls implements ContainerRequestFilter {

    @Inject ChallengeSecrets secrets;
    @Inject CallerIdentity identity;

    @Override
    public void filter(ContainerRequestContext request) {
      identity.identify(
          secrets.verify(request.getHeaderString(HttpHeaders.AUTHORIZATION), Freshness.FRESH));
    }
  }

  /** For calls marked {@link TrackingSecretRequired}. */
  @Provider
  @TrackingSecretRequired
  @ApplicationScoped
  @Priority(Priorities.AUTHENTICATION)
  public static class ForTracking implements ContainerRequestFilter {

    @Inject ChallengeSecrets secrets;
    @Inject CallerIdentity identity;

    @Override
    public void filter(ContainerRequestContext request) {
      identity.identify(
          secrets.verify(request.getHeaderString(HttpHeaders.AUTHORIZATION), Freshness.CACHED));
    }
  }
}
