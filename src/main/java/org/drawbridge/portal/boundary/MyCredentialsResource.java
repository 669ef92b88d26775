package org.drawbridge.portal.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.access.SessionRequired;
import org.drawbridge.access.UserCaller;
import org.drawbridge.credential.control.CredentialRecords;
import org.drawbridge.credential.control.CredentialView;
import org.drawbridge.credential.control.CredentialViews;
import org.drawbridge.credential.control.Passkeys;
import org.drawbridge.credential.control.Registering;
import org.drawbridge.credential.control.RegistrationWish;
import org.drawbridge.credential.entity.Ceremony.Party;
import org.drawbridge.credential.entity.CredentialRecord;
import org.drawbridge.portal.control.Sessions;
import org.drawbridge.problem.NotFound;
import org.drawbridge.problem.Refusal;
import org.drawbridge.user.control.Users;
import org.drawbridge.user.entity.User;
import org.jspecify.annotations.Nullable;

/** The signed-in person's passkeys. */
@Path("me/credentials")
@RequestScoped
@Transactional
@SessionRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class MyCredentialsResource {

  @Inject CredentialRecords records;
  @Inject CredentialViews views;
  @Inject Registering registering;
  @Inject Passkeys passkeys;
  @Inject Sessions sessions;
  @Inject Users users;
  @Inject CallerIdentity identity;

  public record StartRequest(@Nullable @Size(min = 1, max = 100) String nickname) {}

  public record StartedResponse(String ceremonyId, JsonObject publicKey) {}

  public record FinishRequest(
      @NotBlank @Size(max = 200) String ceremonyId, @NotNull JsonObject credential) {}

  public record CredentialPatch(@NotBlank @Size(max = 100) String nickname) {}

  @GET
  public List<CredentialView> list() {
    UserCaller caller = identity.user();
    return records.of(caller.companyId(), caller.userId()).stream().map(views::of).toList();
  }

  @POST
  @Path("start")
  public StartedResponse start(@Nullable StartRequest request) {
    User user = user();
    Registering.Started started =
        registering.start(
            party(user),
            user.fullName(),
            request == null || request.nickname() == null
                ? Registering.DEFAULT_NICKNAME
                : request.nickname(),
            RegistrationWish.passkey(),
            records.of(user.companyId(), user.id()));
    return new StartedResponse(started.id(), started.standard());
  }

  /** What a refused call has used up, the ceremony, stays used up. */
  @POST
  @Transactional(dontRollbackOn = Refusal.class)
  public Response finish(FinishRequest request) {
    User user = sessions.holdUser(identity.user());
    CredentialRecord record =
        registering.finish(request.ceremonyId(), request.credential(), party(user)).record();
    passkeys.give(record, user);
    return Response.status(Response.Status.CREATED).entity(views.of(record)).build();
  }

  @PATCH
  @Path("{id}")
  public CredentialView rename(@PathParam("id") UUID id, CredentialPatch patch) {
    return views.of(passkeys.rename(user(), id, patch.nickname()));
  }

  @DELETE
  @Path("{id}")
  public void remove(@PathParam("id") UUID id) {
    passkeys.remove(user(), id);
  }

  private static Party party(User user) {
    return Party.user(user.companyId(), user.id(), user.username());
  }

  private User user() {
    UserCaller caller = identity.user();
    return users.find(caller.companyId(), caller.userId()).orElseThrow(() -> new NotFound("user"));
  }
}
