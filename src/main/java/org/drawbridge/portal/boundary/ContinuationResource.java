package org.drawbridge.portal.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.access.SessionRequired;
import org.drawbridge.challenge.control.SettingChallenges;
import org.drawbridge.challenge.entity.RedirectNotAllowed;
import org.jspecify.annotations.Nullable;

/** Where somebody goes on who was sent here from the middle of a login, to unlock first. */
@Path("me/continuation")
@RequestScoped
@Transactional
@SessionRequired
@Produces(MediaType.APPLICATION_JSON)
public class ContinuationResource {

  private static final int MAX_ADDRESS = 2000;

  @Inject SettingChallenges settings;
  @Inject CallerIdentity identity;

  public record ContinuationResponse(String address) {}

  /**
   * The address, if people of this company may be sent there: a link to this page can name any.
   *
   * @throws RedirectNotAllowed where they may not
   */
  @GET
  public ContinuationResponse check(@QueryParam("address") @Nullable String address) {
    if (address == null
        || address.length() > MAX_ADDRESS
        || !settings.of(identity.user().companyId()).isAllowed(address)) {
      throw new RedirectNotAllowed("address");
    }
    return new ContinuationResponse(address);
  }
}
