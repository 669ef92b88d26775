package org.drawbridge.registration.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.access.EnablementTokenRequired;
import org.drawbridge.problem.Refusal;
import org.drawbridge.registration.control.AccountRegistration;
import org.drawbridge.registration.control.AccountRegistration.ConfirmRequest;
import org.drawbridge.registration.control.AccountRegistration.FinishRequest;
import org.drawbridge.registration.control.AccountRegistration.SignUpRequest;
import org.drawbridge.registration.control.AccountRegistration.StartRequest;

/**
 * Registers passkeys and signs people up, for the account that the token's {@code sub} names. What
 * a refused call has used up, a ceremony or one try of a code, stays used up.
 */
@Path("sdk/registration")
@RequestScoped
@EnablementTokenRequired
@Transactional(dontRollbackOn = Refusal.class)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class RegistrationResource {

  @Inject AccountRegistration registration;
  @Inject CallerIdentity identity;

  @POST
  @Path("start")
  public JsonObject start(StartRequest request) {
    return registration.start(identity.application(), request);
  }

  @POST
  @Path("finish")
  public JsonObject finish(FinishRequest request) {
    return registration.finish(identity.application(), request);
  }

  @POST
  @Path("signup")
  public JsonObject signUp(SignUpRequest request) {
    return registration.signUp(identity.application(), request);
  }

  @POST
  @Path("confirmSignup")
  public JsonObject confirm(ConfirmRequest request) {
    registration.confirm(identity.application(), request);
    return AccountRegistration.SUCCESS;
  }
}
