package org.drawbridge.user.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.drawbridge.user.control.BreakingGlass;
import org.jspecify.annotations.Nullable;

/** Unlocks an account with a break-glass code, which is the only credential. */
@Path("break-glass")
@RequestScoped
@Transactional
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class BreakGlassResource {

  @Inject BreakingGlass breaking;

  public record BreakGlassRequest(
      @NotNull UUID companyId,
      @NotBlank @Size(max = 100) String code,
      @NotNull UUID applicationId,
      @NotBlank @Size(max = 255) String userAccountId,
      @NotBlank @Size(max = 500) String reason) {}

  /**
   * @param enrolmentToken leads the account's owner to a new passkey; null where it has none
   */
  public record BreakGlassResponse(
      UUID accountId, Instant unlockedUntil, @Nullable String enrolmentToken) {}

  @POST
  public BreakGlassResponse breakGlass(BreakGlassRequest request) {
    BreakingGlass.Broken broken =
        breaking.breakGlass(
            request.companyId(),
            request.code(),
            request.applicationId(),
            request.userAccountId(),
            request.reason());
    return new BreakGlassResponse(
        broken.account().id(),
        Objects.requireNonNull(broken.account().lockState().unlockExpiry()),
        broken.enrolmentToken());
  }
}
