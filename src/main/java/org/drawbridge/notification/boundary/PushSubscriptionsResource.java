package org.drawbridge.notification.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.access.SessionRequired;
import org.drawbridge.access.UserCaller;
import org.drawbridge.notification.control.PushSubscriptions;
import org.drawbridge.notification.entity.PushSubscription;
import org.jspecify.annotations.Nullable;

/** The person's browsers that show what they are asked, whether or not a page is open. */
@Path("me/push-subscriptions")
@RequestScoped
@Transactional
@SessionRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class PushSubscriptionsResource {

  @Inject PushSubscriptions subscriptions;
  @Inject CallerIdentity identity;

  /** What a browser's {@code PushSubscription.toJSON()} answers (W3C Push API). */
  public record SubscriptionRequest(
      @NotBlank @Size(max = 2000) String endpoint, @NotNull @Valid Keys keys) {

    /** In base64url. */
    public record Keys(
        @NotBlank @Size(max = 200) String p256dh, @NotBlank @Size(max = 100) String auth) {}
  }

  public record SubscriptionResponse(UUID id, String userAgent, Instant createdDate) {
    static SubscriptionResponse of(PushSubscription subscription) {
      return new SubscriptionResponse(
          subscription.id(), subscription.userAgent(), subscription.createdAt());
    }
  }

  /**
   * @param publicKey the {@code applicationServerKey} that a browser subscribes with
   */
  public record KeyResponse(String publicKey) {}

  @GET
  @Path("key")
  public KeyResponse key() {
    return new KeyResponse(subscriptions.publicKey(identity.user().companyId()));
  }

  @GET
  public List<SubscriptionResponse> list() {
    UserCaller person = identity.user();
    return subscriptions.of(person.companyId(), person.userId()).stream()
        .map(SubscriptionResponse::of)
        .toList();
  }

  @POST
  public Response add(
      @HeaderParam(HttpHeaders.USER_AGENT) @Nullable String userAgent,
      SubscriptionRequest request) {
    PushSubscription added =
        subscriptions.add(
            identity.user(),
            request.endpoint(),
            request.keys().p256dh(),
            request.keys().auth(),
            userAgent);
    return Response.status(Response.Status.CREATED).entity(SubscriptionResponse.of(added)).build();
  }

  @DELETE
  @Path("{id}")
  public void remove(@PathParam("id") UUID id) {
    subscriptions.remove(identity.user(), id);
  }
}
