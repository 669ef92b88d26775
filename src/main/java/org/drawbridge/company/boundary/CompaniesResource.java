package org.drawbridge.company.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.UUID;
import org.drawbridge.access.AdministratorRequired;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.company.control.Administering;
import org.drawbridge.company.control.Companies;
import org.drawbridge.company.entity.Company;
import org.drawbridge.company.entity.PlatformAdministratorRequired;
import org.drawbridge.kernel.Language;
import org.drawbridge.kernel.Page;
import org.drawbridge.kernel.PageRequest;
import org.jspecify.annotations.Nullable;

/** Companies: added and listed by the platform administrator, read by their own. */
@Path("companies")
@RequestScoped
@Transactional
@AdministratorRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class CompaniesResource {

  @Inject Administering administering;
  @Inject Companies companies;
  @Inject CallerIdentity identity;

  public record CompanyRequest(@NotBlank @Size(max = 255) String name) {}

  public record CompanyPatch(
      @Nullable @Size(min = 1, max = 255) String name,
      @Nullable Boolean numberMatching,
      @Nullable @Pattern(regexp = Language.TAGS) String language) {}

  public record CompanyResponse(
      UUID id, String name, Instant createdDate, boolean numberMatching, String language) {
    static CompanyResponse of(Company company) {
      return new CompanyResponse(
          company.id(),
          company.name(),
          company.createdAt(),
          company.matchesNumbers(),
          company.language().tag());
    }
  }

  @POST
  public Response add(CompanyRequest request) {
    Company company = administering.addCompany(identity.administrator(), request.name());
    return Response.status(Response.Status.CREATED).entity(CompanyResponse.of(company)).build();
  }

  @GET
  public Page<CompanyResponse> page(@BeanParam PageRequest page) {
    if (!identity.administrator().isPlatform()) {
      throw new PlatformAdministratorRequired();
    }
    return companies.page(page).map(CompanyResponse::of);
  }

  @PATCH
  @Path("{id}")
  public CompanyResponse patch(@PathParam("id") UUID id, CompanyPatch patch) {
    return CompanyResponse.of(
        administering.changeCompany(
            identity.reach(),
            id,
            patch.name(),
            patch.numberMatching(),
            patch.language() == null ? null : Language.of(patch.language())));
  }

  @GET
  @Path("{id}")
  public CompanyResponse get(@PathParam("id") UUID id) {
    return CompanyResponse.of(companies.get(identity.reach(), id));
  }
}
