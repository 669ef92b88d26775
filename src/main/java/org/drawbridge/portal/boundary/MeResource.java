package org.drawbridge.portal.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.UUID;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.access.SessionRequired;
import org.drawbridge.access.UserCaller;
import org.drawbridge.account.control.AccountView;
import org.drawbridge.account.control.AccountViews;
import org.drawbridge.account.control.Accounts;
import org.drawbridge.account.control.Explaining;
import org.drawbridge.account.control.Locking;
import org.drawbridge.portal.control.Sessions;
import org.drawbridge.problem.NotFound;
import org.drawbridge.user.control.UserView;
import org.drawbridge.user.control.UserViews;
import org.drawbridge.user.control.Users;
import org.jspecify.annotations.Nullable;

/** The signed-in person, and the accounts they own: locked and unlocked at their word. */
@Path("me")
@RequestScoped
@Transactional
@SessionRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class MeResource {

  private static final int MAX_UNLOCK_MINUTES = 366 * 24 * 60;

  @Inject Users users;
  @Inject UserViews views;
  @Inject Accounts accounts;
  @Inject AccountViews accountViews;
  @Inject Locking locking;
  @Inject Explaining explaining;
  @Inject Sessions sessions;
  @Inject CallerIdentity identity;

  /**
   * @param csrfToken for the header of each call that changes something
   */
  public record MeResponse(UserView user, UUID companyId, String csrfToken) {}

  public record UnlockRequest(
      @Nullable @Min(1) @Max(MAX_UNLOCK_MINUTES) Integer minutes,
      @Nullable @Size(max = 500) String reason) {}

  public record LockRequest(@Nullable @Size(max = 500) String reason) {}

  @GET
  public MeResponse get() {
    UserCaller caller = identity.user();
    return new MeResponse(
        views.of(
            users
                .find(caller.companyId(), caller.userId())
                .orElseThrow(() -> new NotFound("user"))),
        caller.companyId(),
        sessions.csrfToken(caller.sessionId()));
  }

  @POST
  @Path("accounts/{id}/lock")
  public AccountView lock(@PathParam("id") UUID id, @Nullable LockRequest request) {
    return accountViews.of(
        locking.lock(identity.caller(), id, request == null ? null : request.reason()));
  }

  /** Without minutes, for as long as the person prefers. */
  @POST
  @Path("accounts/{id}/unlock")
  public AccountView unlock(@PathParam("id") UUID id, @Nullable UnlockRequest request) {
    Integer minutes = request == null ? null : request.minutes();
    return accountViews.of(
        locking.unlock(
            identity.caller(),
            id,
            minutes == null ? null : Duration.ofMinutes(minutes),
            request == null ? null : request.reason()));
  }

  @GET
  @Path("accounts/{id}/explanation")
  public Explaining.Explanation explain(@PathParam("id") UUID id) {
    UserCaller caller = identity.user();
    return explaining.explain(
        accounts
            .find(caller.companyId(), id)
            .filter(account -> caller.userId().equals(account.userId()))
            .orElseThrow(() -> new NotFound("account")));
  }
}
