package org.drawbridge.challenge.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.drawbridge.access.AdministratorRequired;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.challenge.control.SettingChallenges;
import org.drawbridge.challenge.entity.Action;
import org.drawbridge.challenge.entity.Outcome;

/** What a company wants of its actions. */
@Path("companies/{companyId}/challenge-actions")
@RequestScoped
@Transactional
@AdministratorRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ChallengeActionsResource {

  @Inject SettingChallenges setting;
  @Inject CallerIdentity identity;

  public record ActionRequest(@NotNull Outcome defaultOutcome) {}

  public record ActionResponse(String code, Outcome defaultOutcome, Instant createdDate) {

    static ActionResponse of(Action action) {
      return new ActionResponse(action.code(), action.defaultOutcome(), action.createdAt());
    }
  }

  @GET
  public List<ActionResponse> actions(@PathParam("companyId") UUID companyId) {
    return setting.actions(identity.reach(), companyId).stream().map(ActionResponse::of).toList();
  }

  @PUT
  @Path("{action}")
  public ActionResponse put(
      @PathParam("companyId") UUID companyId,
      @PathParam("action") String action,
      ActionRequest request) {
    return ActionResponse.of(
        setting.change(
            identity.reach(), companyId, Names.action(action), request.defaultOutcome()));
  }
}
