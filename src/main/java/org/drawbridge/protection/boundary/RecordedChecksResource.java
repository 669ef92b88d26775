package org.drawbridge.protection.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.UUID;
import org.drawbridge.access.AdministratorRequired;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.account.control.Accounts;
import org.drawbridge.account.entity.AccountStatus;
import org.drawbridge.kernel.Ids;
import org.drawbridge.kernel.Page;
import org.drawbridge.kernel.PageRequest;
import org.drawbridge.protection.control.ProtectionChecks;
import org.drawbridge.protection.entity.Login;
import org.drawbridge.protection.entity.ProtectionCheck;
import org.jspecify.annotations.Nullable;

/** The recorded checks of an account, newest first. */
@Path("accounts/{id}/checks")
@RequestScoped
@Transactional
@AdministratorRequired
@Produces(MediaType.APPLICATION_JSON)
public class RecordedChecksResource {

  @Inject Accounts accounts;
  @Inject ProtectionChecks checks;
  @Inject CallerIdentity identity;

  /**
   * @param integrationData as it was sent, up to 64 KiB of it
   */
  // Yasson leaves a renamed member that is null out, unless this deprecated member says otherwise.
  @SuppressWarnings("deprecation")
  public record RecordedCheckResponse(
      String sessionID,
      boolean locked,
      AccountStatus status,
      boolean endedUnlock,
      Instant checkedDate,
      String userAccountId,
      @JsonbProperty(value = "userIP", nillable = true) @Nullable String userIp,
      @Nullable String userDevice,
      @Nullable String userLocation,
      @Nullable String userGeo,
      @Nullable String deviceLocation,
      @Nullable String forwardedFor,
      @Nullable String userAgent,
      @Nullable String integrationType,
      @Nullable String phase,
      @Nullable String integrationData) {
    static RecordedCheckResponse of(ProtectionCheck check) {
      Login login = check.login();
      return new RecordedCheckResponse(
          Ids.letters(check.id()),
          check.isLocked(),
          check.status(),
          check.endedUnlock(),
          check.checkedAt(),
          check.userAccountId(),
          login.userIp(),
          login.userDevice(),
          login.userLocation(),
          login.userGeo(),
          login.deviceLocation(),
          login.forwardedFor(),
          login.userAgent(),
          login.integrationType(),
          login.phase(),
          login.integrationData());
    }
  }

  @GET
  public Page<RecordedCheckResponse> page(
      @PathParam("id") UUID id, @BeanParam PageRequest request) {
    return checks.page(accounts.get(identity.reach(), id), request).map(RecordedCheckResponse::of);
  }
}
