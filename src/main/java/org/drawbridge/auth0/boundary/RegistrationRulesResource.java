package org.drawbridge.auth0.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.drawbridge.access.AdministratorRequired;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.auth0.control.DecidingRegistrations;
import org.drawbridge.auth0.entity.RegistrationRules;
import org.jspecify.annotations.Nullable;

/** Who may register at the applications of a company. */
@Path("companies/{companyId}/registration-rules")
@RequestScoped
@Transactional
@AdministratorRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class RegistrationRulesResource {

  private static final String DOMAIN = "([A-Za-z0-9-]{1,63}\\.)+[A-Za-z0-9-]{2,63}";

  @Inject DecidingRegistrations deciding;
  @Inject CallerIdentity identity;

  public record RulesPatch(
      @Nullable @Size(max = 30)
          List<
                  @Size(max = 253)
                  @Pattern(regexp = DOMAIN, message = "must be a domain such as example.com")
                  String>
              allowedDomains,
      @Nullable @Size(max = 30)
          List<
                  @Size(max = 253)
                  @Pattern(regexp = DOMAIN, message = "must be a domain such as example.com")
                  String>
              deniedDomains,
      @Nullable Boolean denyBreached) {}

  /**
   * @param allowedDomains of e-mail addresses; empty for all
   */
  public record RulesResponse(
      List<String> allowedDomains, List<String> deniedDomains, boolean denyBreached) {

    static RulesResponse of(RegistrationRules rules) {
      return new RulesResponse(
          rules.allowedDomains(), rules.deniedDomains(), rules.deniesBreached());
    }
  }

  @GET
  public RulesResponse rules(@PathParam("companyId") UUID companyId) {
    return RulesResponse.of(deciding.rules(identity.reach(), companyId));
  }

  @PATCH
  public RulesResponse change(@PathParam("companyId") UUID companyId, RulesPatch patch) {
    return RulesResponse.of(
        deciding.change(
            identity.reach(),
            companyId,
            patch.allowedDomains(),
            patch.deniedDomains(),
            patch.denyBreached()));
  }
}
