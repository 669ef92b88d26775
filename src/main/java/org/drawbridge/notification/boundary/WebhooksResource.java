package org.drawbridge.notification.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.drawbridge.access.AdministratorRequired;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.kernel.Page;
import org.drawbridge.kernel.PageRequest;
import org.drawbridge.notification.control.Webhooks;
import org.drawbridge.notification.entity.OutboxMessage;
import org.drawbridge.notification.entity.Webhook;
import org.jspecify.annotations.Nullable;

/** A company's webhooks: addresses that are told of its changes as they happen. */
@Path("companies/{companyId}/webhooks")
@RequestScoped
@Transactional
@AdministratorRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class WebhooksResource {

  @Inject Webhooks webhooks;
  @Inject CallerIdentity identity;

  /**
   * @param types of events, as in the activity log; absent for all
   */
  public record WebhookRequest(
      @NotBlank @Size(max = 2000) String url,
      @Nullable @Size(max = 30) List<@Pattern(regexp = "[a-z][a-z-]{0,63}") String> types) {}

  /**
   * @param types empty for all
   */
  public record WebhookResponse(UUID id, String url, List<String> types, Instant createdDate) {
    static WebhookResponse of(Webhook webhook) {
      return new WebhookResponse(
          webhook.id(), webhook.url().toString(), webhook.types(), webhook.createdAt());
    }
  }

  /**
   * @param secret what the calls are signed with; shown once
   */
  public record WebhookAddedResponse(
      UUID id, String url, List<String> types, Instant createdDate, String secret) {}

  /** A message to a webhook, without its text. */
  public record DeliveryResponse(
      UUID id,
      String type,
      Instant createdDate,
      @Nullable Instant sentDate,
      int tries,
      OutboxMessage.Status status,
      @Nullable String lastError) {
    static DeliveryResponse of(OutboxMessage message) {
      return new DeliveryResponse(
          message.id(),
          message.kind(),
          message.createdAt(),
          message.sentAt(),
          message.tries(),
          message.status(),
          message.lastError());
    }
  }

  @POST
  public Response add(@PathParam("companyId") UUID companyId, WebhookRequest request) {
    List<String> types = request.types();
    Webhooks.Added added =
        webhooks.add(identity.reach(), companyId, request.url(), types == null ? List.of() : types);
    WebhookResponse shown = WebhookResponse.of(added.webhook());
    return Response.status(Response.Status.CREATED)
        .entity(
            new WebhookAddedResponse(
                shown.id(), shown.url(), shown.types(), shown.createdDate(), added.secret()))
        .build();
  }

  @GET
  public List<WebhookResponse> list(@PathParam("companyId") UUID companyId) {
    return webhooks.of(identity.reach(), companyId).stream().map(WebhookResponse::of).toList();
  }

  @DELETE
  @Path("{id}")
  public void remove(@PathParam("companyId") UUID companyId, @PathParam("id") UUID id) {
    webhooks.remove(identity.reach(), companyId, id);
  }

  /** Sends it an event of the type {@code webhook-test}; how it fares is among the deliveries. */
  @POST
  @Path("{id}/test")
  public Response test(@PathParam("companyId") UUID companyId, @PathParam("id") UUID id) {
    webhooks.test(identity.reach(), companyId, id);
    return Response.accepted().build();
  }

  @GET
  @Path("{id}/deliveries")
  public Page<DeliveryResponse> deliveries(
      @PathParam("companyId") UUID companyId,
      @PathParam("id") UUID id,
      @BeanParam PageRequest page) {
    return webhooks.deliveries(identity.reach(), companyId, id, page).map(DeliveryResponse::of);
  }

  /** Tries again what was given up. */
  @POST
  @Path("{id}/deliveries/{deliveryId}/retry")
  public DeliveryResponse tryAgain(
      @PathParam("companyId") UUID companyId,
      @PathParam("id") UUID id,
      @PathParam("deliveryId") UUID deliveryId) {
    return DeliveryResponse.of(webhooks.tryAgain(identity.reach(), companyId, id, deliveryId));
  }
}
