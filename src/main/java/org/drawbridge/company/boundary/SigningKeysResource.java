package org.drawbridge.company.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
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
import org.drawbridge.company.control.KeyIssuing;
import org.drawbridge.company.entity.SigningKey;
import org.jspecify.annotations.Nullable;

/** The signing keys of an application. Several count at once, so that clients can change over. */
@Path("applications/{applicationId}/signing-keys")
@RequestScoped
@Transactional
@AdministratorRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class SigningKeysResource {

  @Inject KeyIssuing issuing;
  @Inject CallerIdentity identity;

  public record SigningKeyRequest(@Nullable String key) {}

  public record IssuedSigningKey(UUID id, String key, Instant createdDate) {}

  public record SigningKeyResponse(
      UUID id, Instant createdDate, @Nullable Instant lastUsedDate, @Nullable Instant revokedDate) {
    static SigningKeyResponse of(SigningKey key) {
      return new SigningKeyResponse(key.id(), key.createdAt(), key.lastUsedAt(), key.revokedAt());
    }
  }

  @POST
  public Response issue(
      @PathParam("applicationId") UUID applicationId, @Nullable SigningKeyRequest request) {
    var issued =
        issuing.issueSigningKey(
            identity.reach(), applicationId, request == null ? null : request.key());
    SigningKey key = issued.key();
    return Response.status(Response.Status.CREATED)
        .entity(new IssuedSigningKey(key.id(), issued.text(), key.createdAt()))
        .build();
  }

  @GET
  public List<SigningKeyResponse> list(@PathParam("applicationId") UUID applicationId) {
    return issuing.signingKeys(identity.reach(), applicationId).stream()
        .map(SigningKeyResponse::of)
        .toList();
  }

  @DELETE
  @Path("{keyId}")
  public void revoke(
      @PathParam("applicationId") UUID applicationId, @PathParam("keyId") UUID keyId) {
    issuing.revokeSigningKey(identity.reach(), applicationId, keyId);
  }
}
