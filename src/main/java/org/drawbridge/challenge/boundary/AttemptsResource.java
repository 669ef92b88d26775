package org.drawbridge.challenge.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.access.ChallengeSecretRequired;
import org.drawbridge.challenge.control.Tracking;
import org.drawbridge.challenge.entity.Attempt;
import org.drawbridge.challenge.entity.AttemptState;
import org.drawbridge.challenge.entity.Rule;
import org.drawbridge.challenge.entity.VerificationMethod;
import org.jspecify.annotations.Nullable;

/** What users have attempted; {@link TrackResource} begins it. */
@Path("users/{userId}/actions")
@RequestScoped
@Transactional
@ChallengeSecretRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AttemptsResource {

  /** Clients leave keys unescaped in the address, slashes and all. */
  private static final String ATTEMPT = "{action}/{idempotencyKey:.+}";

  @Inject Tracking tracking;
  @Inject CallerIdentity identity;
  @Inject Clock clock;

  /** How an attempt stands. */
  @JsonbNillable(false)
  public record AttemptResponse(
      AttemptState state,
      Instant stateUpdatedAt,
      Instant createdAt,
      @Nullable VerificationMethod verificationMethod,
      List<RuleResponse> rules) {

    /** The rule that decided it. */
    public record RuleResponse(String ruleId, String name) {}

    /**
     * Of an attempt that there is none of. Old clients (0.0.x) let in whom a 404 is about, such as
     * who brings the token of one action to another, so that they are told to block.
     */
    static AttemptResponse none(Instant now) {
      return new AttemptResponse(AttemptState.BLOCK, now, now, null, List.of());
    }

    static AttemptResponse of(Attempt attempt, Optional<Rule> rule) {
      return new AttemptResponse(
          attempt.state(),
          attempt.stateUpdatedAt(),
          attempt.createdAt(),
          attempt.verificationMethod(),
          rule.stream().map(r -> new RuleResponse(r.id().toString(), r.name())).toList());
    }
  }

  /** One of many. */
  @JsonbNillable(false)
  public record ListedAttempt(
      String actionCode,
      String idempotencyKey,
      Instant createdAt,
      Instant updatedAt,
      AttemptState state,
      Instant stateUpdatedAt,
      @Nullable VerificationMethod verificationMethod,
      @Nullable UUID verifiedByAuthenticatorId) {

    static ListedAttempt of(Attempt attempt) {
      return new ListedAttempt(
          attempt.action(),
          attempt.idempotencyKey(),
          attempt.createdAt(),
          attempt.stateUpdatedAt(),
          attempt.state(),
          attempt.stateUpdatedAt(),
          attempt.verificationMethod(),
          attempt.authenticatorId());
    }
  }

  /** The only thing of an attempt that can be set. */
  public record StateRequest(@NotNull AttemptState state) {}

  @GET
  public List<ListedAttempt> list(
      @PathParam("userId") String userId,
      @QueryParam("fromDate") @Nullable String fromDate,
      @QueryParam("codes") @Nullable String codes,
      @QueryParam("state") @Nullable String state) {
    return tracking
        .of(
            companyId(),
            Names.userId(userId),
            Queries.time("fromDate", fromDate),
            codes == null || codes.isBlank() ? List.of() : Arrays.asList(codes.split(",")),
            Queries.state("state", state))
        .stream()
        .map(ListedAttempt::of)
        .toList();
  }

  @GET
  @Path(ATTEMPT)
  public AttemptResponse get(
      @PathParam("userId") String userId,
      @PathParam("action") String action,
      @PathParam("idempotencyKey") String idempotencyKey) {
    return tracking
        .find(
            companyId(),
            Names.userId(userId),
            Names.action(action),
            Names.idempotencyKey(idempotencyKey))
        .map(attempt -> AttemptResponse.of(attempt, tracking.rule(attempt)))
        .orElseGet(() -> AttemptResponse.none(clock.instant()));
  }

  @PATCH
  @Path(ATTEMPT)
  public StateRequest decide(
      @PathParam("userId") String userId,
      @PathParam("action") String action,
      @PathParam("idempotencyKey") String idempotencyKey,
      StateRequest request) {
    Attempt decided =
        tracking.decide(
            companyId(),
            Names.userId(userId),
            Names.action(action),
            Names.idempotencyKey(idempotencyKey),
            request.state());
    return new StateRequest(decided.state());
  }

  private UUID companyId() {
    return identity.challenge().companyId();
  }
}
