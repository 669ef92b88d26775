package org.drawbridge.challenge.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.access.ChallengeSecretRequired;
import org.drawbridge.access.ChallengeTokens.Claims;
import org.drawbridge.challenge.control.Validating;
import org.drawbridge.challenge.control.Validating.Validation;
import org.drawbridge.challenge.entity.Attempt;
import org.drawbridge.challenge.entity.AttemptState;
import org.drawbridge.challenge.entity.VerificationMethod;
import org.jspecify.annotations.Nullable;

/** Tells whether the person who brings a token back has answered the challenge. */
@Path("validate")
@RequestScoped
@Transactional
@ChallengeSecretRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ValidationResource {

  @Inject Validating validating;
  @Inject CallerIdentity identity;

  public record ValidateRequest(
      @NotNull @Size(max = 16_000) String token,
      @Nullable String action,
      @Nullable String userId) {}

  /** Of a token that is not valid, no more than its own attempt. */
  @JsonbNillable(false)
  public record ValidateResponse(
      boolean isValid,
      @Nullable AttemptState state,
      @Nullable Instant stateUpdatedAt,
      @Nullable String userId,
      @Nullable String actionCode,
      @Nullable String idempotencyKey,
      @Nullable VerificationMethod verificationMethod,
      @Nullable String error) {

    static ValidateResponse of(Validation validation) {
      Claims claims = validation.claims();
      Attempt attempt = validation.attempt();
      return new ValidateResponse(
          validation.isValid(),
          validation.state(),
          attempt == null ? null : attempt.stateUpdatedAt(),
          claims == null ? null : claims.userId(),
          claims == null ? null : claims.action(),
          claims == null ? null : claims.idempotencyKey(),
          attempt == null ? null : attempt.verificationMethod(),
          validation.error());
    }
  }

  @POST
  public ValidateResponse validate(ValidateRequest request) {
    return ValidateResponse.of(
        validating.validate(
            identity.challenge().companyId(), request.token(), request.action(), request.userId()));
  }
}
