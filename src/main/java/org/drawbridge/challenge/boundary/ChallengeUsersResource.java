package org.drawbridge.challenge.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.access.ChallengeSecretRequired;
import org.drawbridge.challenge.control.KnowingUsers;
import org.drawbridge.challenge.control.KnowingUsers.Known;
import org.drawbridge.challenge.entity.ChallengeUser;
import org.drawbridge.challenge.entity.VerificationMethod;
import org.drawbridge.kernel.EmailAddress;
import org.drawbridge.kernel.PhoneNumber;
import org.jspecify.annotations.Nullable;

/** Those whose actions are tracked, under the ids that the company gives them. */
@Path("users")
@RequestScoped
@Transactional
@ChallengeSecretRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ChallengeUsersResource {

  @Inject KnowingUsers users;
  @Inject CallerIdentity identity;

  /** What is said is changed, and all else stays. */
  public record AttributesRequest(
      @Nullable @EmailAddress String email,
      @Nullable Boolean emailVerified,
      @Nullable @PhoneNumber String phoneNumber,
      @Nullable Boolean phoneNumberVerified,
      @Nullable @Size(max = 255) String username,
      @Nullable @Size(max = 255) String displayName,
      @Nullable JsonObject custom,
      @Nullable @Size(max = 35) String locale) {

    void applyTo(ChallengeUser user) {
      set(email, user::reachableAt);
      set(phoneNumber, user::phonedAt);
      set(emailVerified, user::verifiedEmail);
      set(phoneNumberVerified, user::verifiedPhone);
      set(username, user::named);
      set(displayName, user::shownAs);
      set(locale, user::speaks);
      set(custom, json -> user.describedBy(CustomData.kept(json).toString()));
    }

    private static <T> void set(@Nullable T said, Consumer<T> use) {
      if (said != null) {
        use.accept(said);
      }
    }
  }

  /** Members without a value are left out, as the clients' types say. */
  @JsonbNillable(false)
  public record AttributesResponse(
      @Nullable String email,
      boolean emailVerified,
      @Nullable String phoneNumber,
      boolean phoneNumberVerified,
      @Nullable String username,
      @Nullable String displayName,
      JsonObject custom,
      @Nullable String locale) {

    static AttributesResponse of(ChallengeUser user) {
      return new AttributesResponse(
          user.email(),
          user.isEmailVerified(),
          user.phone(),
          user.isPhoneVerified(),
          user.username(),
          user.displayName(),
          CustomData.read(user.custom()),
          user.locale());
    }
  }

  /**
   * @param isEnrolled whether the person has something to answer a challenge with
   */
  @JsonbNillable(false)
  public record UserResponse(
      boolean isEnrolled,
      @Nullable String email,
      boolean emailVerified,
      @Nullable String phoneNumber,
      boolean phoneNumberVerified,
      @Nullable String username,
      @Nullable String displayName,
      JsonObject custom,
      Set<VerificationMethod> enrolledVerificationMethods,
      Set<VerificationMethod> allowedVerificationMethods) {

    static UserResponse of(Known known) {
      ChallengeUser user = known.user();
      return new UserResponse(
          !known.enrolled().isEmpty(),
          user.email(),
          user.isEmailVerified(),
          user.phone(),
          user.isPhoneVerified(),
          user.username(),
          user.displayName(),
          CustomData.read(user.custom()),
          known.enrolled(),
          known.allowed());
    }
  }

  /**
   * @param lastEvaluatedUserId to ask for those after it; absent where there are none
   * @param tokenPayload what the token says that was asked with, where it counts
   */
  @JsonbNillable(false)
  public record UsersResponse(
      List<Found> users, @Nullable String lastEvaluatedUserId, @Nullable JsonObject tokenPayload) {

    /** One of them. */
    @JsonbNillable(false)
    public record Found(
        String userId,
        @Nullable String email,
        boolean emailVerified,
        @Nullable String phoneNumber,
        boolean phoneNumberVerified,
        @Nullable String username) {

      static Found of(ChallengeUser user) {
        return new Found(
            user.userId(),
            user.email(),
            user.isEmailVerified(),
            user.phone(),
            user.isPhoneVerified(),
            user.username());
      }
    }
  }

  @GET
  public UsersResponse query(
      @QueryParam("username") @Nullable String username,
      @QueryParam("email") @Nullable String email,
      @QueryParam("phoneNumber") @Nullable String phoneNumber,
      @QueryParam("token") @Nullable String token,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("lastEvaluatedUserId") @Nullable String after) {
    KnowingUsers.Found found =
        users.matching(
            companyId(),
            new KnowingUsers.Query(username, email, phoneNumber, token, after),
            Queries.number("limit", limit, KnowingUsers.MOST));
    return new UsersResponse(
        found.users().stream().map(UsersResponse.Found::of).toList(),
        found.goesOnAfter(),
        found.tokenPayload());
  }

  @GET
  @Path("{userId}")
  public UserResponse get(@PathParam("userId") String userId) {
    return UserResponse.of(users.get(companyId(), Names.userId(userId)));
  }

  @PATCH
  @Path("{userId}")
  public AttributesResponse change(@PathParam("userId") String userId, AttributesRequest request) {
    ChallengeUser changed = users.change(companyId(), Names.userId(userId), request::applyTo);
    return AttributesResponse.of(changed);
  }

  /** With the authenticators; a user that was never seen is as good as deleted. */
  @DELETE
  @Path("{userId}")
  public void delete(@PathParam("userId") String userId) {
    users.delete(companyId(), Names.userId(userId));
  }

  private UUID companyId() {
    return identity.challenge().companyId();
  }
}
