package org.drawbridge.access;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import java.security.Principal;
import org.drawbridge.access.DomainTokens.Use;
import org.drawbridge.kernel.Settings;

/** The filters that identify an application by its domain token. */
public final class DomainTokenFilters {

  /** Name of the header that carries a domain token. */
  public static final String HEADER = "x-nl3-authorization-token";

  private DomainTokenFilters() {}

  /**
   * The caller of a call marked {@link CheckTokenRequired}.
   *
   * @throws IllegalStateException when no filter ran: the resource lacks its annotation
   */
  public static DomainCaller caller(SecurityContext request) {
    return application(request).caller();
  }

  /**
   * When the answer to that call has to leave at the latest, by {@link System#nanoTime}.
   *
   * @throws IllegalStateException when no filter ran: the resource lacks its annotation
   */
  public static long deadline(SecurityContext request) {
    return application(request).deadline();
  }

  private static Application application(SecurityContext request) {
    if (request.getUserPrincipal() instanceof Application application) {
      return application;
    }
    throw new IllegalStateException("No filter identified the caller of this request");
  }

  private record Application(DomainCaller caller, long deadline) implements Principal {

    @Override
    public String getName() {
      return caller.actor();
    }
  }

  private record Identified(Application application, boolean isSecure) implements SecurityContext {

    @Override
    public Principal getUserPrincipal() {
      return application;
    }

    @Override
    public boolean isUserInRole(String role) {
      return false;
    }

    @Override
    public String getAuthenticationScheme() {
      return HEADER;
    }
  }

  /**
   * For calls marked {@link CheckTokenRequired}, whose time budget begins here. Remembered keys do:
   * a check compares versions. The caller is the request's principal ({@link #caller}): to make a
   * bean for each request costs as much as to read the token.
   */
  @Provider
  @CheckTokenRequired
  @ApplicationScoped
  @Priority(Priorities.AUTHENTICATION)
  public static class ForChecks implements ContainerRequestFilter {

    private final long budgetNanos = Settings.current().checkTimeBudget().toNanos();
    @Inject DomainTokens tokens;

    @Override
    public void filter(ContainerRequestContext request) {
      long deadline = System.nanoTime() + budgetNanos;
      DomainCaller caller = tokens.verifyForCheck(request.getHeaderString(HEADER), deadline);
      request.setSecurityContext(
          new Identified(
              new Application(caller, deadline), request.getSecurityContext().isSecure()));
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
      identity.identify(tokens.verify(request.getHeaderString(HEADER), Use.ENABLEMENT));
    }
  }

  /** For calls marked {@link CallTokenRequired}. */
  @Provider
  @CallTokenRequired
  @ApplicationScoped
  @Priority(Priorities.AUTHENTICATION)
  public static class ForCalls implements ContainerRequestFilter {

    @Inject DomainTokens tokens;
    @Inject CallerIdentity identity;

    @Override
    public void filter(ContainerRequestContext request) {
      identity.identify(tokens.verify(request.getHeaderString(HEADER), Use.CHECK));
    }
  }
}
