package org.drawbridge.credential.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.drawbridge.access.AdministratorRequired;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.company.control.Companies;
import org.drawbridge.credential.control.CompanyPasskeyRules;
import org.drawbridge.credential.entity.CredentialChanged;
import org.drawbridge.credential.entity.PasskeyRules;
import org.drawbridge.kernel.CompanyEvent;
import org.jspecify.annotations.Nullable;

/** Which authenticators a company accepts for new passkeys. */
@Path("companies/{companyId}/passkey-rules")
@RequestScoped
@Transactional
@AdministratorRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class PasskeyRulesResource {

  @Inject CompanyPasskeyRules rules;
  @Inject Companies companies;
  @Inject Event<CompanyEvent> events;
  @Inject CallerIdentity identity;

  /**
   * @param allowedAaguids the only kinds of authenticators; null for any
   */
  public record PasskeyRulesBody(
      @NotNull Boolean trustedAttestation,
      @Nullable @Size(min = 1, max = PasskeyRules.MAX_AAGUIDS) List<UUID> allowedAaguids) {

    static PasskeyRulesBody of(PasskeyRules rules) {
      return new PasskeyRulesBody(rules.demandsTrustedAttestation(), rules.allowedAaguids());
    }
  }

  @GET
  public PasskeyRulesBody get(@PathParam("companyId") UUID companyId) {
    companies.get(identity.reach(), companyId);
    return PasskeyRulesBody.of(rules.of(companyId));
  }

  @PUT
  public PasskeyRulesBody put(@PathParam("companyId") UUID companyId, PasskeyRulesBody body) {
    companies.get(identity.reach(), companyId);
    PasskeyRules ofCompany = rules.of(companyId);
    ofCompany.demand(body.trustedAttestation(), body.allowedAaguids());
    rules.keep(ofCompany);
    events.fire(new CredentialChanged(companyId, "passkey-rules-changed", companyId, Map.of()));
    return PasskeyRulesBody.of(ofCompany);
  }
}
