package org.drawbridge.challenge.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.access.ChallengeSecretRequired;
import org.drawbridge.challenge.control.Enrolling;
import org.drawbridge.challenge.control.Enrolling.Enrolled;
import org.drawbridge.challenge.control.Enrolling.Own;
import org.drawbridge.challenge.entity.Authenticator;
import org.drawbridge.challenge.entity.VerificationMethod;
import org.drawbridge.credential.entity.CredentialRecord;
import org.drawbridge.kernel.EmailAddress;
import org.drawbridge.kernel.PhoneNumber;
import org.drawbridge.problem.Malformed;
import org.drawbridge.problem.MemberError;
import org.drawbridge.problem.NotFound;
import org.jspecify.annotations.Nullable;

/** What a user can answer challenges with. */
@Path("users/{userId}/authenticators")
@RequestScoped
@Transactional
@ChallengeSecretRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class UserAuthenticatorsResource {

  @Inject Enrolling enrolling;
  @Inject CallerIdentity identity;

  /**
   * @param oobChannel what clients before 1.0 say for the method
   */
  public record EnrolRequest(
      @Nullable VerificationMethod verificationMethod,
      @Nullable @Pattern(regexp = "SMS|EMAIL_MAGIC_LINK") String oobChannel,
      @Nullable @EmailAddress String email,
      @Nullable @PhoneNumber String phoneNumber,
      @Nullable Boolean isDefault) {

    VerificationMethod method() {
      if (verificationMethod != null) {
        return verificationMethod;
      }
      if (oobChannel == null) {
        throw new Malformed(List.of(MemberError.at("verificationMethod", "must not be null")));
      }
      return oobChannel.equals("SMS") ? VerificationMethod.SMS : VerificationMethod.EMAIL_OTP;
    }
  }

  /**
   * One authenticator.
   *
   * @param authenticatorType what clients before 1.0 say for the method: codes that are sent are
   *     OOB, those of an app OTP; absent for passkeys, which they do not know
   * @param oobChannel likewise, for codes that are sent
   * @param isDefault whether its method is offered first
   */
  @JsonbNillable(false)
  public record AuthenticatorResponse(
      String userId,
      UUID userAuthenticatorId,
      VerificationMethod verificationMethod,
      @Nullable String authenticatorType,
      @Nullable String oobChannel,
      boolean isDefault,
      Instant createdAt,
      Instant verifiedAt,
      @Nullable Instant lastVerifiedAt,
      @Nullable String phoneNumber,
      @Nullable String email,
      @Nullable String displayName,
      @Nullable Credential webauthnCredential) {

    /**
     * Of a passkey.
     *
     * @param deviceId the same as the authenticator's id: passkeys say nothing of devices
     */
    @JsonbNillable(false)
    public record Credential(
        String credentialId,
        UUID deviceId,
        String name,
        UUID aaguid,
        boolean credentialBackedUp,
        String credentialDeviceType) {}

    static AuthenticatorResponse of(
        String userId, Authenticator authenticator, @Nullable VerificationMethod first) {
      VerificationMethod method = authenticator.method();
      boolean isSent = method == VerificationMethod.SMS || method == VerificationMethod.EMAIL_OTP;
      return new AuthenticatorResponse(
          userId,
          authenticator.id(),
          method,
          isSent ? "OOB" : "OTP",
          isSent ? channel(method) : null,
          method == first,
          authenticator.createdAt(),
          authenticator.createdAt(),
          authenticator.lastVerifiedAt(),
          method == VerificationMethod.SMS ? authenticator.recipient() : null,
          method == VerificationMethod.EMAIL_OTP ? authenticator.recipient() : null,
          null,
          null);
    }

    private static String channel(VerificationMethod method) {
      return method == VerificationMethod.SMS ? "SMS" : "EMAIL_MAGIC_LINK";
    }

    static AuthenticatorResponse of(
        String userId, CredentialRecord passkey, @Nullable VerificationMethod first) {
      return new AuthenticatorResponse(
          userId,
          passkey.id(),
          VerificationMethod.PASSKEY,
          null,
          null,
          first == VerificationMethod.PASSKEY,
          passkey.createdAt(),
          passkey.createdAt(),
          passkey.lastUsedAt(),
          null,
          null,
          passkey.nickname(),
          new Credential(
              Base64.getUrlEncoder().withoutPadding().encodeToString(passkey.credentialId()),
              passkey.id(),
              passkey.nickname(),
              passkey.aaguid(),
              passkey.isBackedUp(),
              passkey.isBackupEligible() ? "multiDevice" : "singleDevice"));
    }
  }

  /**
   * @param recoveryCodes of who had nothing enrolled before; told this once
   */
  @JsonbNillable(false)
  public record EnrolResponse(
      AuthenticatorResponse authenticator, @Nullable List<String> recoveryCodes) {}

  @GET
  public List<AuthenticatorResponse> list(@PathParam("userId") String userId) {
    String user = Names.userId(userId);
    Own own = enrolling.of(companyId(), user);
    return Stream.concat(
            own.authenticators().stream().map(a -> AuthenticatorResponse.of(user, a, own.first())),
            own.passkeys().stream().map(p -> AuthenticatorResponse.of(user, p, own.first())))
        .toList();
  }

  @POST
  public EnrolResponse enrol(@PathParam("userId") String userId, EnrolRequest request) {
    String user = Names.userId(userId);
    Enrolled enrolled =
        enrolling.enrol(
            companyId(),
            user,
            request.method(),
            request.email(),
            request.phoneNumber(),
            Boolean.TRUE.equals(request.isDefault()));
    return new EnrolResponse(
        AuthenticatorResponse.of(user, enrolled.authenticator(), enrolled.first()),
        enrolled.recoveryCodes().isEmpty() ? null : enrolled.recoveryCodes());
  }

  @DELETE
  @Path("{userAuthenticatorId}")
  public void remove(
      @PathParam("userId") String userId, @PathParam("userAuthenticatorId") String id) {
    enrolling.remove(companyId(), Names.userId(userId), id(id));
  }

  private static UUID id(String given) {
    try {
      return UUID.fromString(given);
    } catch (IllegalArgumentException e) {
      throw new NotFound("authenticator");
    }
  }

  private UUID companyId() {
    return identity.challenge().companyId();
  }
}
