package org.drawbridge.signal.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
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
import org.drawbridge.kernel.Settings;
import org.drawbridge.signal.control.Transmitters;
import org.drawbridge.signal.entity.EventTransmitter;
import org.jspecify.annotations.Nullable;

/** The services that tell a company of security events, by OpenID Shared Signals. */
@Path("companies/{companyId}/event-transmitters")
@RequestScoped
@Transactional
@AdministratorRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class EventTransmittersResource {

  @Inject Transmitters transmitters;
  @Inject CallerIdentity identity;

  /**
   * @param issuer as in the tokens' {@code iss}
   * @param audience that the tokens' {@code aud} has to name; absent for this server's public URL
   * @param jwksUrl of the keys that sign the tokens
   */
  public record TransmitterRequest(
      @NotBlank @Size(max = 255) String issuer,
      @Nullable @Size(min = 1, max = 255) String audience,
      @NotBlank @Size(max = 2000) String jwksUrl) {}

  /**
   * @param endpoint where the transmitter pushes tokens to (RFC 8935)
   */
  public record TransmitterResponse(
      UUID id,
      String issuer,
      String audience,
      String jwksUrl,
      String endpoint,
      Instant createdDate,
      @Nullable Instant lastReceivedDate) {
    static TransmitterResponse of(EventTransmitter transmitter) {
      return new TransmitterResponse(
          transmitter.id(),
          transmitter.issuer(),
          transmitter.audience(),
          transmitter.keySetUrl().toString(),
          "%s/api/v1/companies/%s/event-transmitters/%s/events"
              .formatted(Settings.current().publicUrl(), transmitter.companyId(), transmitter.id()),
          transmitter.createdAt(),
          transmitter.lastReceivedAt());
    }
  }

  @POST
  public Response add(@PathParam("companyId") UUID companyId, TransmitterRequest request) {
    EventTransmitter transmitter =
        transmitters.add(
            identity.reach(), companyId, request.issuer(), request.audience(), request.jwksUrl());
    return Response.status(Response.Status.CREATED)
        .entity(TransmitterResponse.of(transmitter))
        .build();
  }

  @GET
  public List<TransmitterResponse> list(@PathParam("companyId") UUID companyId) {
    return transmitters.of(identity.reach(), companyId).stream()
        .map(TransmitterResponse::of)
        .toList();
  }

  @DELETE
  @Path("{id}")
  public void remove(@PathParam("companyId") UUID companyId, @PathParam("id") UUID id) {
    transmitters.remove(identity.reach(), companyId, id);
  }
}
