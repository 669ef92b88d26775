package org.drawbridge.auth0.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.drawbridge.access.CallTokenRequired;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.auth0.control.DecidingRegistrations;
import org.drawbridge.auth0.entity.RegistrationRules.Verdict;

/** Whether somebody may register, whose e-mail address or other name the token's sub is. */
@Path("sdk/registrationDecision")
@RequestScoped
@Transactional
@CallTokenRequired
@Produces(MediaType.APPLICATION_JSON)
public class RegistrationDecisionsResource {

  @Inject DecidingRegistrations deciding;
  @Inject CallerIdentity identity;

  public record DecisionResponse(boolean allowed, Verdict reason) {}

  /** Takes no body; one that is sent is not read. */
  @POST
  public DecisionResponse decide() {
    Verdict verdict = deciding.verdict(identity.application());
    return new DecisionResponse(verdict == Verdict.ALLOWED, verdict);
  }
}
