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
import org.drawbridge.company.boundary.ApiKeysResource.ApiKeyRequest;
import org.drawbridge.company.boundary.ApiKeysResource.ApiKeyResponse;
import org.drawbridge.company.control.KeyIssuing;
import org.drawbridge.company.entity.ApiKey;
import org.drawbridge.company.entity.KeyPurpose;
import org.jspecify.annotations.Nullable;

/**
 * The challenge secrets of a company: one is enough; a second one lets clients change over before
 * the first is revoked.
 */
@Path("companies/{companyId}/challenge-secrets")
@RequestScoped
@Transactional
@AdministratorRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ChallengeSecretsResource {

  @Inject KeyIssuing issuing;
  @Inject CallerIdentity identity;

  /**
   * @param secret told this once
   */
  public record IssuedChallengeSecret(UUID id, String name, String secret, Instant createdDate) {}

  @POST
  public Response issue(@PathParam("companyId") UUID companyId, @Nullable ApiKeyRequest request) {
    String name = request == null || request.name() == null ? "" : request.name();
    var issued = issuing.issueApiKey(identity.reach(), companyId, KeyPurpose.CHALLENGE, name);
    ApiKey key = issued.key();
    return Response.status(Response.Status.CREATED)
        .entity(new IssuedChallengeSecret(key.id(), key.name(), issued.text(), key.createdAt()))
        .build();
  }

  @GET
  public List<ApiKeyResponse> list(@PathParam("companyId") UUID companyId) {
    return issuing.apiKeys(identity.reach(), companyId, KeyPurpose.CHALLENGE).stream()
        .map(ApiKeyResponse::of)
        .toList();
  }

  /** Ends the tokens and sessions that were signed with it, too. */
  @DELETE
  @Path("{secretId}")
  public void revoke(@PathParam("companyId") UUID companyId, @PathParam("secretId") UUID secretId) {
    issuing.revokeApiKey(identity.reach(), companyId, KeyPurpose.CHALLENGE, secretId);
  }
}
