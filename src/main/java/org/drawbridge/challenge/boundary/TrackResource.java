package org.drawbridge.challenge.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.access.ChallengeCaller;
import org.drawbridge.access.TrackingSecretRequired;
import org.drawbridge.challenge.control.QuickTracking;
import org.drawbridge.challenge.control.Track;
import org.drawbridge.challenge.control.Tracking.Tracked;
import org.drawbridge.challenge.entity.AttemptState;
import org.drawbridge.challenge.entity.Contact.Told;
import org.drawbridge.challenge.entity.VerificationMethod;
import org.drawbridge.kernel.EmailAddress;
import org.drawbridge.kernel.PhoneNumber;
import org.jspecify.annotations.Nullable;

/**
 * What users attempt: the challenge API calls it tracking actions.
 *
 * <p>Not transactional: most attempts are decided and recorded by a writer of its own.
 */
@Path("users/{userId}/actions")
@ApplicationScoped
@TrackingSecretRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class TrackResource {

  @Inject QuickTracking quickly;
  @Inject ThoroughTracking thoroughly;
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

    Track track(ChallengeCaller caller, String userId, String action) {
      Told told = new Told(email, phoneNumber, username, locale);
      return new Track(
          caller,
          userId,
          action,
          idempotencyKey,
          told,
          GivenCircumstances.of(redirectUrl, ipAddress, userAgent, deviceId, custom));
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
          tracked.attempt().state().tracked(),
          tracked.url(),
          tracked.token(),
          !tracked.enrolled().isEmpty(),
          tracked.enrolled(),
          tracked.allowed(),
          tracked.enrolled().stream().filter(tracked.allowed()::contains).findFirst().orElse(null),
          Stream.ofNullable(tracked.attempt().ruleId()).map(UUID::toString).toList());
    }
  }

  @POST
  @Path("{action}")
  public TrackResponse track(
      @PathParam("userId") String userId,
      @PathParam("action") String action,
      TrackRequest request) {
    Track track = request.track(identity.challenge(), Names.userId(userId), Names.action(action));
    return TrackResponse.of(quickly.track(track).orElseGet(() -> thoroughly.track(track)));
  }
}
