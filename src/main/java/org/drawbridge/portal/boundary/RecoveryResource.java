package org.drawbridge.portal.boundary;

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
import java.util.UUID;
import org.drawbridge.user.control.Recovering;

/** Lets a person who lost every passkey make a new one, with a recovery code. */
@Path("recovery")
@RequestScoped
@Transactional
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class RecoveryResource {

  @Inject Recovering recovering;

  public record RecoveryRequest(
      @NotNull UUID companyId,
      @NotBlank @Size(max = 255) String username,
      @NotBlank @Size(max = 100) String code) {}

  /**
   * @param enrolmentToken opens the enrolment page, for a new passkey
   */
  public record RecoveryResponse(String enrolmentToken) {}

  @POST
  public RecoveryResponse recover(RecoveryRequest request) {
    return new RecoveryResponse(
        recovering.recover(request.companyId(), request.username(), request.code()));
  }
}
