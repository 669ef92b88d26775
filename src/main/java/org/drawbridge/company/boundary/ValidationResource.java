package org.drawbridge.company.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.drawbridge.access.AdministratorRequired;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.company.control.Administering;
import org.drawbridge.company.entity.Application;
import org.drawbridge.company.entity.ValidationMethod;

/**
 * The validation of an application's domain. Somebody else's name server or site may take its time
 * to answer: no transaction is open meanwhile, and no connection of the pool is held.
 */
@Path("applications/{id}/validation")
@RequestScoped
@AdministratorRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ValidationResource {

  @Inject Administering administering;
  @Inject ValidationTransactions transactions;
  @Inject CallerIdentity identity;

  public record ValidationRequest(@NotNull ValidationMethod method) {}

  public record ValidationResponse(boolean validated) {}

  /** Answers whether the domain is validated, now or since earlier. */
  @POST
  public ValidationResponse validate(@PathParam("id") UUID id, ValidationRequest request) {
    Application application = transactions.application(identity.reach(), id);
    if (administering.isProven(identity.administrator(), application, request.method())) {
      transactions.validated(identity.reach(), id, request.method());
      return new ValidationResponse(true);
    }
    return new ValidationResponse(application.isValidated());
  }
}
