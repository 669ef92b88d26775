package org.drawbridge.company.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.drawbridge.access.AdministratorRequired;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.company.control.Administering;
import org.drawbridge.company.control.Applications;
import org.drawbridge.company.control.Companies;
import org.drawbridge.company.control.DomainProof;
import org.drawbridge.company.entity.Application;
import org.drawbridge.company.entity.OnFailure;
import org.drawbridge.company.entity.UnknownAccount;
import org.drawbridge.kernel.Page;
import org.drawbridge.kernel.PageRequest;
import org.jspecify.annotations.Nullable;

/** The applications of a company: added and listed. */
@Path("companies/{companyId}/applications")
@RequestScoped
@Transactional
@AdministratorRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class CompanyApplicationsResource {

  @Inject Administering administering;
  @Inject Applications applications;
  @Inject Companies companies;
  @Inject DomainProof proof;
  @Inject CallerIdentity identity;

  public record ApplicationRequest(
      @NotBlank @Size(max = 255) String name,
      @NotBlank @Size(max = 300) String url,
      @Nullable UnknownAccount unknownAccount,
      @Nullable OnFailure onFailure,
      @Nullable Boolean initialLockStatus) {}

  @POST
  public Response add(@PathParam("companyId") UUID companyId, ApplicationRequest request) {
    Application application =
        administering.addApplication(identity.reach(), companyId, request.name(), request.url());
    application.configure(
        request.unknownAccount(), request.onFailure(), request.initialLockStatus());
    return Response.status(Response.Status.CREATED)
        .entity(ApplicationResponse.of(application, proof))
        .build();
  }

  @GET
  public Page<ApplicationResponse> page(
      @PathParam("companyId") UUID companyId, @BeanParam PageRequest page) {
    companies.get(identity.reach(), companyId);
    return applications.page(companyId, page).map(a -> ApplicationResponse.of(a, proof));
  }
}
