package org.drawbridge.auth0.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.drawbridge.access.CallTokenRequired;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.auth0.control.DeliveringPhoneMessages;

/** Sends a text by SMS to the number that the token's {@code sub} is. */
@Path("sdk/phoneMessage")
@RequestScoped
@Transactional
@CallTokenRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class PhoneMessagesResource {

  @Inject DeliveringPhoneMessages delivering;
  @Inject CallerIdentity identity;

  public record PhoneMessageRequest(@NotBlank @Size(max = 480) String text) {}

  public record PhoneMessageResponse(boolean accepted) {}

  /** Sent once for each {@code jti}. */
  @POST
  public Response deliver(PhoneMessageRequest request) {
    delivering.deliver(identity.application(), request.text());
    return Response.accepted(new PhoneMessageResponse(true)).build();
  }
}
