package org.drawbridge.challenge.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.drawbridge.access.AdministratorRequired;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.challenge.control.SettingChallenges;
import org.drawbridge.challenge.entity.ChallengeSettings;
import org.drawbridge.challenge.entity.VerificationMethod;
import org.jspecify.annotations.Nullable;

/** What a company allows at challenges. */
@Path("companies/{companyId}/challenge-settings")
@RequestScoped
@Transactional
@AdministratorRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ChallengeSettingsResource {

  @Inject SettingChallenges setting;
  @Inject CallerIdentity identity;

  public record SettingsRequest(
      @Nullable @Size(max = 30) List<@Size(max = 255) String> allowedOrigins,
      @Nullable @Size(min = 1, max = 5) List<VerificationMethod> verificationMethods,
      @Nullable @Min(0) @Max(365) Integer rememberDeviceDays) {}

  /**
   * @param allowedOrigins where people may be sent back to
   * @param rememberDeviceDays for how long people may have a browser remembered; 0 for not at all
   */
  public record SettingsResponse(
      List<String> allowedOrigins,
      Set<VerificationMethod> verificationMethods,
      int rememberDeviceDays) {

    static SettingsResponse of(ChallengeSettings settings) {
      return new SettingsResponse(
          settings.allowedOrigins(), settings.verificationMethods(), settings.rememberDeviceDays());
    }
  }

  @GET
  public SettingsResponse settings(@PathParam("companyId") UUID companyId) {
    return SettingsResponse.of(setting.of(identity.reach(), companyId));
  }

  @PATCH
  public SettingsResponse change(@PathParam("companyId") UUID companyId, SettingsRequest request) {
    return SettingsResponse.of(
        setting.change(
            identity.reach(),
            companyId,
            request.allowedOrigins(),
            request.verificationMethods(),
            request.rememberDeviceDays()));
  }
}
