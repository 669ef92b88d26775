package org.drawbridge.challenge.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.access.ChallengeSecretRequired;
import org.drawbridge.challenge.control.CodeChallenges;
import org.drawbridge.challenge.control.CodeChallenges.Claimed;
import org.drawbridge.challenge.control.CodeChallenges.Failure;
import org.drawbridge.challenge.control.CodeChallenges.Verified;
import org.drawbridge.challenge.control.CodeChallenges.Wish;
import org.drawbridge.challenge.entity.CodeChallenge;
import org.drawbridge.challenge.entity.VerificationMethod;
import org.drawbridge.kernel.EmailAddress;
import org.drawbridge.kernel.PhoneNumber;
import org.drawbridge.problem.Impossible;
import org.drawbridge.problem.MemberError;
import org.jspecify.annotations.Nullable;

/** A code by SMS or e-mail, without the challenge page. */
@Path("")
@RequestScoped
@Transactional
@ChallengeSecretRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class CodeChallengeResource {

  @Inject CodeChallenges challenges;
  @Inject CallerIdentity identity;

  /**
   * What is of no use here is ignored, such as {@code scope}: a token gives no right to change
   * authenticators.
   *
   * @param smsChannel the only one there is, in the words of the challenge API
   */
  public record ChallengeRequest(
      @Nullable VerificationMethod verificationMethod,
      @Nullable @Pattern(regexp = Names.ACTION) String action,
      @Nullable UUID challengeId,
      @Nullable @Size(min = 1, max = 255) String idempotencyKey,
      @Nullable @Size(min = 1, max = 255) String userId,
      @Nullable @EmailAddress String email,
      @Nullable @PhoneNumber String phoneNumber,
      @Nullable String smsChannel,
      @Nullable @Size(max = 35) String locale,
      @Nullable String ipAddress,
      @Nullable String userAgent,
      @Nullable String deviceId,
      @Nullable JsonObject custom) {

    Wish wish() {
      if (smsChannel != null && !smsChannel.equals("DEFAULT")) {
        throw new Impossible(
            MemberError.at("smsChannel", "must be DEFAULT: codes are sent by SMS and by mail"));
      }
      return new Wish(
          verificationMethod,
          action,
          challengeId,
          idempotencyKey,
          userId,
          email,
          phoneNumber,
          locale,
          GivenCircumstances.of(null, ipAddress, userAgent, deviceId, custom));
    }
  }

  /**
   * @param expiresAt in seconds since 1970
   */
  public record ChallengeResponse(UUID challengeId, String idempotencyKey, long expiresAt) {}

  public record VerifyRequest(
      @NotNull UUID challengeId, @NotBlank @Size(max = 20) String verificationCode) {}

  @JsonbNillable(false)
  public record VerifyResponse(
      boolean isVerified,
      @Nullable String email,
      @Nullable String phoneNumber,
      VerificationMethod verificationMethod,
      @Nullable Failure failureReason) {}

  public record ClaimRequest(
      @NotNull UUID challengeId,
      @NotNull @Size(min = 1, max = 255) String userId,
      @Nullable Boolean skipVerificationCheck) {}

  public record ClaimResponse(String token, VerificationMethod verificationMethod) {}

  /** All absent where there is no such challenge. */
  @JsonbNillable(false)
  public record FoundResponse(
      @Nullable UUID challengeId,
      @Nullable Long expiresAt,
      @Nullable VerificationMethod verificationMethod,
      @Nullable String phoneNumber,
      @Nullable String email,
      @Nullable String action) {

    static final FoundResponse NOTHING = new FoundResponse(null, null, null, null, null, null);

    static FoundResponse of(CodeChallenge challenge) {
      return new FoundResponse(
          challenge.id(),
          challenge.expiry().getEpochSecond(),
          challenge.method(),
          textedTo(challenge),
          mailedTo(challenge),
          challenge.action());
    }
  }

  @POST
  @Path("challenge")
  public ChallengeResponse challenge(ChallengeRequest request) {
    CodeChallenge begun = challenges.begin(companyId(), request.wish());
    return new ChallengeResponse(
        begun.id(), begun.idempotencyKey(), begun.expiry().getEpochSecond());
  }

  @POST
  @Path("verify")
  public VerifyResponse verify(VerifyRequest request) {
    Verified verified =
        challenges.verify(companyId(), request.challengeId(), request.verificationCode().strip());
    CodeChallenge challenge = verified.challenge();
    boolean isVerified = verified.failure() == null;
    return new VerifyResponse(
        isVerified,
        isVerified ? mailedTo(challenge) : null,
        isVerified ? textedTo(challenge) : null,
        challenge.method(),
        verified.failure());
  }

  @GET
  @Path("challenges")
  public FoundResponse active(
      @QueryParam("challengeId") @Nullable String challengeId,
      @QueryParam("userId") @Nullable String userId,
      @QueryParam("action") @Nullable String action,
      @QueryParam("verificationMethod") @Nullable String method) {
    UUID id = Queries.id("challengeId", challengeId);
    return Queries.isOfNobody(method)
        ? FoundResponse.NOTHING
        : challenges
            .active(companyId(), id, userId, action, Queries.method("verificationMethod", method))
            .map(FoundResponse::of)
            .orElse(FoundResponse.NOTHING);
  }

  @POST
  @Path("claim")
  public ClaimResponse claim(ClaimRequest request) {
    Claimed claimed =
        challenges.claim(
            identity.challenge(),
            request.challengeId(),
            request.userId(),
            Boolean.TRUE.equals(request.skipVerificationCheck()));
    return new ClaimResponse(claimed.token(), claimed.method());
  }

  private static @Nullable String mailedTo(CodeChallenge challenge) {
    return challenge.method() == VerificationMethod.EMAIL_OTP ? challenge.recipient() : null;
  }

  private static @Nullable String textedTo(CodeChallenge challenge) {
    return challenge.method() == VerificationMethod.SMS ? challenge.recipient() : null;
  }

  private UUID companyId() {
    return identity.challenge().companyId();
  }
}
