package org.drawbridge.challenge.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.drawbridge.access.AdministratorRequired;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.challenge.control.SettingActions;
import org.drawbridge.challenge.control.SettingActions.Ruled;
import org.drawbridge.challenge.control.SimulatingRules;
import org.drawbridge.challenge.control.SimulatingRules.Difference;
import org.drawbridge.challenge.control.SimulatingRules.Simulation;
import org.drawbridge.challenge.entity.Outcome;
import org.drawbridge.challenge.entity.RuleSet;
import org.drawbridge.challenge.entity.RuleSetVersion;
import org.drawbridge.kernel.IfMatch;
import org.drawbridge.kernel.JsonMember;
import org.drawbridge.kernel.PastPeriod;
import org.drawbridge.problem.Malformed;
import org.drawbridge.problem.MemberError;
import org.jspecify.annotations.Nullable;

/** What a company wants of its actions: rules, each version of them, and what they would do. */
@Path("companies/{companyId}/challenge-actions")
@RequestScoped
@Transactional
@AdministratorRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ChallengeActionsResource {

  @Inject SettingActions setting;
  @Inject SimulatingRules simulating;
  @Inject CallerIdentity identity;

  /**
   * @param rules null for none
   */
  public record ActionRequest(@NotNull Outcome defaultOutcome, @Nullable JsonArray rules) {

    RuleSet ruleSet() {
      return read(defaultOutcome, rules);
    }
  }

  public record SimulationRequest(
      @NotNull Outcome defaultOutcome,
      @Nullable JsonArray rules,
      @NotNull Instant from,
      @NotNull Instant to) {

    RuleSet ruleSet() {
      return read(defaultOutcome, rules);
    }
  }

  private static RuleSet read(Outcome defaultOutcome, @Nullable JsonArray rules) {
    List<MemberError> errors = new ArrayList<>();
    JsonMember member = new JsonMember(rules, "/rules", errors);
    RuleSet ruleSet = RuleSet.read(defaultOutcome, member, UUID::randomUUID);
    if (ruleSet.json().toString().length() > RuleSet.LONGEST) {
      member.refuse("must be of at most " + RuleSet.LONGEST + " characters");
    }
    if (!errors.isEmpty()) {
      throw new Malformed(errors);
    }
    return ruleSet;
  }

  public record ActionResponse(
      String code, int version, Outcome defaultOutcome, JsonArray rules, Instant createdDate) {

    static ActionResponse of(Ruled ruled) {
      return new ActionResponse(
          ruled.action().code(),
          ruled.action().rulesVersion(),
          ruled.ruleSet().defaultOutcome(),
          ruled.ruleSet().json(),
          ruled.action().createdAt());
    }
  }

  public record VersionResponse(
      int version, Outcome defaultOutcome, JsonArray rules, Instant createdDate, String createdBy) {

    static VersionResponse of(RuleSetVersion version) {
      RuleSet ruleSet = version.ruleSet();
      return new VersionResponse(
          version.version(),
          ruleSet.defaultOutcome(),
          ruleSet.json(),
          version.createdAt(),
          version.createdBy());
    }
  }

  public record SimulationResponse(
      int attempts,
      Map<Outcome, Integer> was,
      Map<Outcome, Integer> outcomes,
      int changed,
      List<DifferenceResponse> differences) {

    static SimulationResponse of(Simulation simulation) {
      return new SimulationResponse(
          simulation.attempts(),
          simulation.was(),
          simulation.outcomes(),
          simulation.changed(),
          simulation.differences().stream().map(DifferenceResponse::of).toList());
    }
  }

  public record DifferenceResponse(
      String userId,
      String idempotencyKey,
      Instant attemptedDate,
      Outcome was,
      Outcome outcome,
      @Nullable UUID ruleId) {

    static DifferenceResponse of(Difference difference) {
      return new DifferenceResponse(
          difference.userId(),
          difference.idempotencyKey(),
          difference.attemptedAt(),
          difference.was(),
          difference.outcome(),
          difference.ruleId());
    }
  }

  @GET
  public List<ActionResponse> actions(@PathParam("companyId") UUID companyId) {
    return setting.all(identity.reach(), companyId).stream().map(ActionResponse::of).toList();
  }

  @GET
  @Path("{action}")
  public Response get(@PathParam("companyId") UUID companyId, @PathParam("action") String action) {
    return answer(setting.get(identity.reach(), companyId, Names.action(action)));
  }

  @PUT
  @Path("{action}")
  public Response put(
      @PathParam("companyId") UUID companyId,
      @PathParam("action") String action,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String expected,
      ActionRequest request) {
    return answer(
        setting.change(
            identity.reach(),
            companyId,
            Names.action(action),
            request.ruleSet(),
            IfMatch.version(expected)));
  }

  @GET
  @Path("{action}/versions")
  public List<VersionResponse> versions(
      @PathParam("companyId") UUID companyId, @PathParam("action") String action) {
    return setting.versions(identity.reach(), companyId, Names.action(action)).stream()
        .map(VersionResponse::of)
        .toList();
  }

  @POST
  @Path("{action}/simulate")
  public SimulationResponse simulate(
      @PathParam("companyId") UUID companyId,
      @PathParam("action") String action,
      SimulationRequest request) {
    PastPeriod.require(request.from(), request.to());
    return SimulationResponse.of(
        simulating.simulate(
            identity.reach(),
            companyId,
            Names.action(action),
            request.ruleSet(),
            request.from(),
            request.to()));
  }

  private static Response answer(Ruled ruled) {
    return Response.ok(ActionResponse.of(ruled))
        .tag(new EntityTag(Integer.toString(ruled.action().rulesVersion())))
        .build();
  }
}
