package org.drawbridge.policy.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.drawbridge.access.AdministratorRequired;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.company.control.Companies;
import org.drawbridge.kernel.Ids;
import org.drawbridge.kernel.PastPeriod;
import org.drawbridge.policy.boundary.PolicyPreviewResource.OccurrenceResponse;
import org.drawbridge.policy.boundary.PolicyRequests.PolicyRequest;
import org.drawbridge.policy.control.Policies;
import org.drawbridge.policy.control.PolicyMembers;
import org.drawbridge.policy.control.PolicyMembers.Kind;
import org.drawbridge.policy.control.Simulating;
import org.drawbridge.policy.control.Simulating.LockedAccount;
import org.drawbridge.policy.control.Simulating.Simulation;
import org.drawbridge.policy.entity.Policy;
import org.drawbridge.policy.entity.PolicyTerms;
import org.drawbridge.problem.Malformed;
import org.drawbridge.problem.MemberError;
import org.jspecify.annotations.Nullable;

/** The dry run: what a policy would have locked and stopped in the past. */
@Path("policies/simulate")
@RequestScoped
@Transactional
@AdministratorRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class PolicySimulationResource {

  @Inject Simulating simulating;
  @Inject Policies policies;
  @Inject PolicyMembers policyMembers;
  @Inject Companies companies;
  @Inject CallerIdentity identity;

  /**
   * @param policyId a policy there is, with its members; or else:
   * @param companyId whose policy {@code policy} would be
   * @param members accounts, as {@code membersToAdd} names them
   * @param groupMembers groups, as {@code groupMembersToAdd} names them
   */
  public record SimulationRequest(
      @Nullable UUID policyId,
      @Nullable UUID companyId,
      @Nullable @Valid PolicyRequest policy,
      @Nullable List<String> members,
      @Nullable List<String> groupMembers,
      @NotNull Instant from,
      @NotNull Instant to) {}

  public record StoppedCheckResponse(
      String sessionID, UUID accountId, String userAccountId, Instant checkedDate) {}

  public record SimulationResponse(
      List<OccurrenceResponse> occurrences,
      int lockedAccounts,
      List<LockedAccount> accounts,
      int stoppedChecks,
      List<StoppedCheckResponse> checks) {
    static SimulationResponse of(Simulation simulation, ZoneId zone) {
      return new SimulationResponse(
          simulation.occurrences().stream().map(o -> OccurrenceResponse.of(o, zone)).toList(),
          simulation.lockedAccounts(),
          simulation.accounts(),
          simulation.stoppedChecks(),
          simulation.checks().stream()
              .map(
                  check ->
                      new StoppedCheckResponse(
                          Ids.letters(check.id()),
                          check.accountId(),
                          check.userAccountId(),
                          check.checkedAt()))
              .toList());
    }
  }

  @POST
  public SimulationResponse simulate(SimulationRequest request) {
    PastPeriod.require(request.from(), request.to());
    if ((request.policyId() == null) == (request.policy() == null)) {
      throw new Malformed(
          List.of(new MemberError("", "must have exactly one of policyId and policy")));
    }
    return request.policyId() == null ? sketched(request) : stored(request.policyId(), request);
  }

  private SimulationResponse stored(UUID policyId, SimulationRequest request) {
    Policy policy = policies.get(identity.reach(), policyId);
    return SimulationResponse.of(
        simulating.simulate(
            policy.companyId(),
            policy.terms(),
            policyMembers.ids(policy, Kind.ACCOUNTS),
            policyMembers.ids(policy, Kind.GROUPS),
            request.from(),
            request.to()),
        ZoneId.of(policy.terms().timeZone()));
  }

  private SimulationResponse sketched(SimulationRequest request) {
    if (request.companyId() == null || request.policy() == null) {
      throw new Malformed(List.of(MemberError.at("companyId", "must be given with policy")));
    }
    UUID companyId = companies.get(identity.reach(), request.companyId()).id();
    PolicyTerms terms = request.policy().terms();
    return SimulationResponse.of(
        simulating.simulate(
            companyId,
            terms,
            request.members(),
            request.groupMembers(),
            request.from(),
            request.to()),
        ZoneId.of(terms.timeZone()));
  }
}
