package org.drawbridge.portal.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.drawbridge.credential.control.SigningIn;
import org.drawbridge.credential.control.StartedAssertion;
import org.drawbridge.problem.Malformed;
import org.drawbridge.problem.MemberError;
import org.drawbridge.problem.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Signs people in with a passkey. What a refused call has used up, a ceremony, stays used up; that
 * an authenticator may be a copy stays on record.
 */
@Path("sessions")
@RequestScoped
@Transactional(dontRollbackOn = Refusal.class)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class SessionsResource {

  @Inject SigningIn signingIn;
  @Inject SignedIn signedIn;

  /** Both for a person whose authenticator cannot say who it is for; neither for all others. */
  public record StartRequest(
      @Nullable UUID companyId, @Nullable @Size(min = 1, max = 255) String username) {}

  public record FinishRequest(
      @NotBlank @Size(max = 200) String ceremonyId, @NotNull JsonObject credential) {}

  /**
   * @param publicKey the options in the standard's JSON
   */
  public record StartedResponse(String ceremonyId, JsonObject publicKey) {}

  @POST
  @Path("start")
  public StartedResponse start(@Nullable StartRequest request) {
    UUID companyId = request == null ? null : request.companyId();
    String username = request == null ? null : request.username();
    if ((companyId == null) != (username == null)) {
      throw new Malformed(
          List.of(
              MemberError.at(
                  companyId == null ? "companyId" : "username",
                  "companyId and username go together")));
    }
    StartedAssertion started =
        companyId == null || username == null
            ? signingIn.start()
            : signingIn.start(companyId, username);
    return new StartedResponse(started.id(), started.publicKey());
  }

  @POST
  public Response finish(FinishRequest request) {
    return signedIn.answer(signingIn.finish(request.ceremonyId(), request.credential()));
  }
}
