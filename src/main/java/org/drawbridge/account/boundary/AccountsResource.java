package org.drawbridge.account.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.drawbridge.access.AdministratorRequired;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.account.control.AccountView;
import org.drawbridge.account.control.AccountViews;
import org.drawbridge.account.control.Accounts;
import org.drawbridge.account.control.Explaining;
import org.drawbridge.account.control.Locking;
import org.drawbridge.account.entity.Account;
import org.drawbridge.account.entity.AccountChanged;
import org.drawbridge.account.entity.LockCause;
import org.drawbridge.account.entity.LockChange;
import org.drawbridge.kernel.CompanyEvent;
import org.drawbridge.kernel.Ids;
import org.drawbridge.kernel.Page;
import org.drawbridge.kernel.PageRequest;
import org.jspecify.annotations.Nullable;

/**
 * One account: read, locked, unlocked, explained. Accounts are added with their owners' feature.
 */
@Path("accounts/{id}")
@RequestScoped
@Transactional
@AdministratorRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AccountsResource {

  private static final int MAX_UNLOCK_MINUTES = 366 * 24 * 60;

  @Inject Accounts accounts;
  @Inject AccountViews views;
  @Inject Locking locking;
  @Inject Explaining explaining;
  @Inject Event<CompanyEvent> events;
  @Inject CallerIdentity identity;

  public record LockRequest(@Nullable @Size(max = 500) String reason) {}

  public record UnlockRequest(
      @Nullable @Min(1) @Max(MAX_UNLOCK_MINUTES) Integer minutes,
      @Nullable @Size(max = 500) String reason) {}

  public record AccountPatch(@Nullable Boolean enabled, @Nullable Boolean autoRelockAllowed) {}

  /** {@code checkID} is the check that ended the unlock, where one did. */
  public record LockChangeResponse(
      UUID id,
      boolean locked,
      LockCause cause,
      String actor,
      @Nullable String reason,
      @Nullable String checkID,
      Instant changedDate) {
    static LockChangeResponse of(LockChange change) {
      UUID check = change.checkId();
      return new LockChangeResponse(
          change.id(),
          change.isLocked(),
          change.cause(),
          change.actor(),
          change.reason(),
          check == null ? null : Ids.letters(check),
          change.changedAt());
    }
  }

  @GET
  public AccountView get(@PathParam("id") UUID id) {
    return views.of(accounts.get(identity.reach(), id));
  }

  @PATCH
  public AccountView patch(@PathParam("id") UUID id, AccountPatch patch) {
    Account account = accounts.lock(identity.reach(), id);
    if (patch.enabled() != null) {
      account.enable(patch.enabled());
    }
    if (patch.autoRelockAllowed() != null) {
      account.allowAutoRelock(patch.autoRelockAllowed());
    }
    events.fire(new AccountChanged(account.companyId(), "account-changed", id, Map.of()));
    return views.of(account);
  }

  @POST
  @Path("lock")
  public AccountView lock(@PathParam("id") UUID id, @Nullable LockRequest request) {
    String reason = request == null ? null : request.reason();
    return views.of(locking.lock(identity.caller(), id, reason));
  }

  @POST
  @Path("unlock")
  public AccountView unlock(@PathParam("id") UUID id, @Nullable UnlockRequest request) {
    Integer minutes = request == null ? null : request.minutes();
    Duration lasting = minutes == null ? null : Duration.ofMinutes(minutes);
    String reason = request == null ? null : request.reason();
    return views.of(locking.unlock(identity.caller(), id, lasting, reason));
  }

  @GET
  @Path("explanation")
  public Explaining.Explanation explain(@PathParam("id") UUID id) {
    return explaining.explain(accounts.get(identity.reach(), id));
  }

  @GET
  @Path("lock-changes")
  public Page<LockChangeResponse> lockChanges(
      @PathParam("id") UUID id, @BeanParam PageRequest page) {
    return accounts
        .lockChanges(accounts.get(identity.reach(), id), page)
        .map(LockChangeResponse::of);
  }

  /**
   * Makes the account's {@code nl3UserToken} worthless; the next {@code enableUser} gives another.
   */
  @DELETE
  @Path("user-token")
  public void revokeUserToken(@PathParam("id") UUID id) {
    Account account = accounts.lock(identity.reach(), id);
    account.revokeUserTokens();
    events.fire(new AccountChanged(account.companyId(), "user-token-revoked", id, Map.of()));
  }
}
