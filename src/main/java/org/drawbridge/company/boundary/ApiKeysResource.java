package org.drawbridge.company.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
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
import org.drawbridge.company.control.KeyIssuing;
import org.drawbridge.company.entity.ApiKey;
import org.drawbridge.company.entity.KeyPurpose;
import org.jspecify.annotations.Nullable;

/** The API keys of a company. */
@Path("companies/{companyId}/api-keys")
@RequestScoped
@Transactional
@AdministratorRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ApiKeysResource {

  @Inject KeyIssuing issuing;
  @Inject CallerIdentity identity;

  public record ApiKeyRequest(@Nullable @Size(max = 255) String name) {}

  public record IssuedApiKey(UUID id, String name, String key, Instant createdDate) {}

  public record ApiKeyResponse(
      UUID id,
      String name,
      Instant createdDate,
      @Nullable Instant lastUsedDate,
      @Nullable Instant revokedDate) {
    static ApiKeyResponse of(ApiKey key) {
      return new ApiKeyResponse(
          key.id(), key.name(), key.createdAt(), key.lastUsedAt(), key.revokedAt());
    }
  }

  @POST
  public Response issue(@PathParam("companyId") UUID companyId, @Nullable ApiKeyRequest request) {
    String name = request == null || request.name() == null ? "" : request.name();
    var issued = issuing.issueApiKey(identity.reach(), companyId, KeyPurpose.MANAGEMENT, name);
    ApiKey key = issued.key();
    return Response.status(Response.Status.CREATED)
        .entity(new IssuedApiKey(key.id(), key.name(), issued.text(), key.createdAt()))
        .build();
  }

  @GET
  public List<ApiKeyResponse> list(@PathParam("companyId") UUID companyId) {
    return issuing.apiKeys(identity.reach(), companyId, KeyPurpose.MANAGEMENT).stream()
        .map(ApiKeyResponse::of)
        .toList();
  }

  @DELETE
  @Path("{keyId}")
  public void revoke(@PathParam("companyId") UUID companyId, @PathParam("keyId") UUID keyId) {
    issuing.revokeApiKey(identity.reach(), companyId, KeyPurpose.MANAGEMENT, keyId);
  }
}
