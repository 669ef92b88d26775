package org.drawbridge.challenge.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.access.ChallengeSecretRequired;
import org.drawbridge.challenge.control.Tracking;
import org.drawbridge.challenge.control.Tracking.Subject;
import org.drawbridge.challenge.control.Tracking.Tracked;
import org.drawbridge.challenge.entity.Attempt;
import org.drawbridge.challenge.entity.Attempt.Circumstances;
import org.drawbridge.challenge.entity.AttemptState;
import org.drawbridge.challenge.entity.Rule;
import org.drawbridge.challenge.entity.VerificationMethod;
import org.drawbridge.kernel.EmailAddress;
import org.drawbridge.kernel.PhoneNumber;
import org.drawbridge.kernel.Storable;
import org.jspecify.annotations.Nullable;

/** What users attempt: the challenge API calls it tracking actions. */
@Path("users/{userId}/actions")
@RequestScoped
@Transactional
@ChallengeSecretRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AttemptsResource {

  private static final int MAX_ADDRESS = 64;
  private static final int MAX_USER_AGENT = 1000;
  private static final int MAX_DEVICE_ID = 255;

  @Inject Tracking tracking;
  @Inject CallerIdentity identity;

  /** What an identity provider knows; what is of no use here is ignored. */
  public record TrackRequest(
      @Nullable @Size(min = 1, max = 255) String idempotencyKey,
      @Nullable @Size(max = 2000) String redirectUrl,
      @Nullable String ipAddress,
      @Nullable String userAgent,
      @Nullable String deviceId,
      @Nullable @EmailAddress String email,
      @Nullable @PhoneNumber String phoneNumber,
      @Nullable @Size(max = 255) String username,
      @Nullable JsonObject custom,
      @Nullable @Size(max = 35) String locale) {

    Subject subject() {
      return new Subject(idempotencyKey, email, phoneNumber, username, locale);
    }

    /** Cut where it is too long: no login fails for a strange browser. */
    Circumstances circumstances() {
      return new Circumstances(
          redirectUrl,
          fitted(ipAddress, MAX_ADDRESS),
          fitted(userAgent, MAX_USER_AGENT),
          fitted(deviceId, MAX_DEVICE_ID),
          CustomData.checked(custom));
    }

    private static @Nullable String fitted(@Nullable String text, int max) {
      return text == null ? null : Storable.fitted(text, max);
    }
  }

  /**
   * @param url of the challenge page
   */
  @JsonbNillable(false)
  public record TrackResponse(
      String idempotencyKey,
      AttemptState state,
      String url,
      String token,
      boolean isEnrolled,
      List<VerificationMethod> enrolledVerificationMethods,
      List<VerificationMethod> allowedVerificationMethods,
      @Nullable VerificationMethod defaultVerificationMethod,
      List<String> ruleIds) {

    static TrackResponse of(Tracked tracked) {
      return new TrackResponse(
          tracked.attempt().idempotencyKey(),
          tracked.attempt().state(),
          tracked.url(),
          tracked.token(),
          !tracked.enrolled().isEmpty(),
          tracked.enrolled(),
          tracked.allowed(),
          tracked.enrolled().stream().filter(tracked.allowed()::contains).findFirst().orElse(null),
          Stream.ofNullable(tracked.attempt().ruleId()).map(UUID::toString).toList());
    }
  }

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
      @Nullable VerificationMethod verificationMethod) {

    static ListedAttempt of(Attempt attempt) {
      return new ListedAttempt(
          attempt.action(),
          attempt.idempotencyKey(),
          attempt.createdAt(),
          attempt.stateUpdatedAt(),
          attempt.state(),
          attempt.stateUpdatedAt(),
          attempt.verificationMethod());
    }
  }

  /** The only thing of an attempt that can be set. */
  public record StateRequest(@NotNull AttemptState state) {}

  @POST
  @Path("{action}")
  public TrackResponse track(
      @PathParam("userId") String userId,
      @PathParam("action") String action,
      TrackRequest request) {
    return TrackResponse.of(
        tracking.track(
            identity.challenge(),
            Names.userId(userId),
            Names.action(action),
            request.subject(),
            request.circumstances()));
  }

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
  @Path("{action}/{idempotencyKey}")
  public AttemptResponse get(
      @PathParam("userId") String userId,
      @PathParam("action") String action,
      @PathParam("idempotencyKey") String idempotencyKey) {
    Attempt attempt =
        tracking.get(
            companyId(),
            Names.userId(userId),
            Names.action(action),
            Names.idempotencyKey(idempotencyKey));
    return AttemptResponse.of(attempt, tracking.rule(attempt));
  }

  @PATCH
  @Path("{action}/{idempotencyKey}")
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
