package org.drawbridge.company.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.drawbridge.access.AdministratorRequired;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.company.control.Administering;
import org.drawbridge.company.control.Applications;
import org.drawbridge.company.control.DomainProof;
import org.drawbridge.company.entity.Application;
import org.drawbridge.company.entity.OnFailure;
import org.drawbridge.company.entity.UnknownAccount;
import org.jspecify.annotations.Nullable;

/** One application and its settings. */
@Path("applications/{id}")
@RequestScoped
@Transactional
@AdministratorRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ApplicationsResource {

  @Inject Administering administering;
  @Inject Applications applications;
  @Inject DomainProof proof;
  @Inject CallerIdentity identity;

  public record ApplicationPatch(
      @Nullable @Size(min = 1, max = 255) String name,
      @Nullable UnknownAccount unknownAccount,
      @Nullable OnFailure onFailure,
      @Nullable Boolean initialLockStatus) {}

  @GET
  public ApplicationResponse get(@PathParam("id") UUID id) {
    return ApplicationResponse.of(applications.get(identity.reach(), id), proof);
  }

  @PATCH
  public ApplicationResponse patch(@PathParam("id") UUID id, ApplicationPatch patch) {
    Application application = applications.lock(identity.reach(), id);
    if (patch.name() != null) {
      application.rename(patch.name());
    }
    application.configure(patch.unknownAccount(), patch.onFailure(), patch.initialLockStatus());
    administering.changed(application);
    return ApplicationResponse.of(application, proof);
  }
}
