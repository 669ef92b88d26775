package org.drawbridge.company.boundary;

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
import org.drawbridge.company.control.AdministratorTokens;
import org.drawbridge.company.control.Companies;
import org.drawbridge.company.entity.Administrator;
import org.drawbridge.kernel.EmailAddress;
import org.jspecify.annotations.Nullable;

/** The administrators of a company; each has a bearer token that reaches this company alone. */
@Path("companies/{companyId}/administrators")
@RequestScoped
@Transactional
@AdministratorRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AdministratorsResource {

  @Inject AdministratorTokens tokens;
  @Inject Companies companies;
  @Inject CallerIdentity identity;

  public record AdministratorRequest(
      @NotBlank @Size(max = 255) String name, @Nullable @EmailAddress String email) {}

  public record IssuedAdministrator(UUID id, String name, String token, Instant createdDate) {}

  public record AdministratorResponse(
      UUID id,
      String name,
      @Nullable String email,
      Instant createdDate,
      @Nullable Instant revokedDate) {
    static AdministratorResponse of(Administrator administrator) {
      return new AdministratorResponse(
          administrator.id(),
          administrator.name(),
          administrator.email(),
          administrator.createdAt(),
          administrator.revokedAt());
    }
  }

  @POST
  public Response add(@PathParam("companyId") UUID companyId, AdministratorRequest request) {
    var issued = tokens.issue(identity.reach(), companyId, request.name(), request.email());
    Administrator administrator = issued.administrator();
    return Response.status(Response.Status.CREATED)
        .entity(
            new IssuedAdministrator(
                administrator.id(),
                administrator.name(),
                issued.token(),
                administrator.createdAt()))
        .build();
  }

  @GET
  public List<AdministratorResponse> list(@PathParam("companyId") UUID companyId) {
    companies.get(identity.reach(), companyId);
    return companies.administrators(companyId).stream().map(AdministratorResponse::of).toList();
  }

  @DELETE
  @Path("{id}")
  public void revoke(@PathParam("companyId") UUID companyId, @PathParam("id") UUID id) {
    tokens.revoke(identity.reach(), companyId, id);
  }
}
