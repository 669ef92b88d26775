package org.drawbridge.user.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.drawbridge.access.AdministratorRequired;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.account.control.AccountView;
import org.drawbridge.account.control.AccountViews;
import org.drawbridge.account.control.Accounts;
import org.drawbridge.account.entity.Account;
import org.drawbridge.company.control.Applications;
import org.drawbridge.company.entity.Application;
import org.drawbridge.kernel.Page;
import org.drawbridge.kernel.PageRequest;
import org.drawbridge.user.control.AddingUsers;
import org.jspecify.annotations.Nullable;

/** The accounts of an application: added, with or without an owner, and found. */
@Path("applications/{applicationId}/accounts")
@RequestScoped
@Transactional
@AdministratorRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ApplicationAccountsResource {

  @Inject AddingUsers adding;
  @Inject Accounts accounts;
  @Inject AccountViews views;
  @Inject Applications applications;
  @Inject CallerIdentity identity;

  public record AccountRequest(
      @NotBlank @Size(max = 255) String userAccountId,
      @Nullable UUID userId,
      @Nullable Boolean enabled,
      @Nullable Boolean autoRelockAllowed,
      @Nullable Boolean lockStatus) {}

  @POST
  public Response add(@PathParam("applicationId") UUID applicationId, AccountRequest request) {
    Account account =
        adding.addAccount(
            identity.caller(),
            applicationId,
            request.userAccountId(),
            request.userId(),
            request.lockStatus());
    if (request.enabled() != null) {
      account.enable(request.enabled());
    }
    if (request.autoRelockAllowed() != null) {
      account.allowAutoRelock(request.autoRelockAllowed());
    }
    return Response.status(Response.Status.CREATED).entity(views.of(account)).build();
  }

  @GET
  public Page<AccountView> page(
      @PathParam("applicationId") UUID applicationId,
      @QueryParam("userAccountId") @Nullable String userAccountId,
      @BeanParam PageRequest request) {
    Application application = applications.get(identity.reach(), applicationId);
    Page<Account> page =
        accounts.page(application.companyId(), applicationId, userAccountId, request);
    return page.with(views.of(application.companyId(), page.items()));
  }
}
