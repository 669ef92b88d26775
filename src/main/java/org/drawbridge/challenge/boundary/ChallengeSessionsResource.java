package org.drawbridge.challenge.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.access.ChallengeSecretRequired;
import org.drawbridge.challenge.control.ChallengeSessions;
import org.drawbridge.challenge.control.ChallengeSessions.Going;
import org.drawbridge.challenge.control.ChallengeSessions.Tokens;
import org.drawbridge.challenge.entity.ChallengeUser;
import org.drawbridge.challenge.entity.SessionRefused;
import org.drawbridge.challenge.entity.VerificationMethod;
import org.jspecify.annotations.Nullable;

/**
 * Sessions after a challenge. A refresh token that comes twice ends its session, though refused.
 */
@Path("sessions")
@RequestScoped
@Transactional(dontRollbackOn = SessionRefused.class)
@ChallengeSecretRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ChallengeSessionsResource {

  private static final int MAX_TOKEN = 16_000;

  @Inject ChallengeSessions sessions;
  @Inject CallerIdentity identity;

  public record CreateRequest(
      @NotBlank @Size(max = 255) String clientId,
      @NotNull @Size(max = MAX_TOKEN) String token,
      @Nullable String action) {}

  public record TokensResponse(String accessToken, String refreshToken) {

    static TokensResponse of(Tokens tokens) {
      return new TokensResponse(tokens.accessToken(), tokens.refreshToken());
    }
  }

  public record AccessRequest(
      @NotNull @Size(max = MAX_TOKEN) String accessToken,
      @Nullable @Size(max = 100) List<String> clientIds) {}

  public record RefreshRequest(@NotNull @Size(max = 1000) String refreshToken) {}

  public record UserRequest(@NotNull @Size(min = 1, max = 255) String userId) {}

  /**
   * @param expiresAt when the access token ends, in seconds since 1970
   */
  public record SessionResponse(
      Person user, long expiresAt, VerificationMethod verificationMethod) {

    /** Whose it is. */
    @JsonbNillable(false)
    public record Person(
        String userId,
        @Nullable String email,
        boolean emailVerified,
        @Nullable String phoneNumber,
        boolean phoneNumberVerified,
        @Nullable String username,
        @Nullable String displayName,
        JsonObject custom,
        @Nullable String locale) {}

    static SessionResponse of(Going going) {
      ChallengeUser user = going.user();
      return new SessionResponse(
          new Person(
              user.userId(),
              user.email(),
              user.isEmailVerified(),
              user.phone(),
              user.isPhoneVerified(),
              user.username(),
              user.displayName(),
              CustomData.read(user.custom()),
              user.locale()),
          going.expiry().getEpochSecond(),
          going.session().method());
    }
  }

  @POST
  public TokensResponse create(CreateRequest request) {
    return TokensResponse.of(
        sessions.begin(
            identity.challenge(), request.token(), request.clientId(), request.action()));
  }

  @POST
  @Path("validate")
  public SessionResponse validate(AccessRequest request) {
    return SessionResponse.of(
        sessions.validate(
            companyId(),
            request.accessToken(),
            request.clientIds() == null ? List.of() : request.clientIds()));
  }

  @POST
  @Path("refresh")
  public TokensResponse refresh(RefreshRequest request) {
    return TokensResponse.of(sessions.refresh(identity.challenge(), request.refreshToken()));
  }

  @POST
  @Path("revoke")
  public void revoke(AccessRequest request) {
    sessions.end(companyId(), request.accessToken());
  }

  @POST
  @Path("user/revoke")
  public void revokeAll(UserRequest request) {
    sessions.endAll(companyId(), request.userId());
  }

  private UUID companyId() {
    return identity.challenge().companyId();
  }
}
