package org.drawbridge.signal.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.drawbridge.access.SecurityEventRefused;
import org.drawbridge.access.SecurityEventToken;
import org.drawbridge.access.SecurityEventTokens;
import org.drawbridge.access.TransmitterCaller;
import org.drawbridge.signal.entity.EventTransmitter;
import org.jspecify.annotations.Nullable;

/**
 * Where transmitters push Security Event Tokens to (RFC 8935). The token's signature is the
 * credential; there is no other.
 */
@Path("companies/{companyId}/event-transmitters/{id}/events")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class SecurityEventsResource {

  @Inject SecurityEventTokens tokens;
  @Inject EventTransactions transactions;

  /**
   * RFC 8935 section 2.3.
   *
   * @param err one of the codes of section 2.4
   */
  public record ErrorResponse(String err, String description) {}

  /** Takes up to 10 seconds where the transmitter's keys have to be fetched. */
  @POST
  @Consumes("application/secevent+jwt")
  public Response receive(
      @PathParam("companyId") UUID companyId, @PathParam("id") UUID id, @Nullable String compact) {
    EventTransmitter transmitter = transactions.transmitter(companyId, id);
    try {
      SecurityEventToken token =
          tokens.verify(
              // WildFly has null for an empty body.
              compact == null ? "" : compact,
              new TransmitterCaller(companyId, id),
              transmitter.issuer(),
              transmitter.audience(),
              transmitter.keySetUrl());
      transactions.receive(companyId, id, token);
      return Response.accepted().build();
    } catch (SecurityEventRefused e) {
      return Response.status(Response.Status.BAD_REQUEST)
          .entity(new ErrorResponse(e.code(), String.valueOf(e.getMessage())))
          .build();
    }
  }
}
