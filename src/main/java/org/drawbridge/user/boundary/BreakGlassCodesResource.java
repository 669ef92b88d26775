package org.drawbridge.user.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.drawbridge.access.AdministratorRequired;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.company.control.Companies;
import org.drawbridge.user.control.BreakGlassCodes;
import org.drawbridge.user.control.BreakingGlass;
import org.drawbridge.user.entity.BreakGlassCode;
import org.jspecify.annotations.Nullable;

/** The codes that a company keeps for the day when nothing else works. */
@Path("companies/{companyId}/break-glass-codes")
@RequestScoped
@Transactional
@AdministratorRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class BreakGlassCodesResource {

  private static final int COUNT = 5;
  private static final int MINUTES = 60;
  private static final int VALID_DAYS = 366;

  @Inject BreakingGlass breaking;
  @Inject BreakGlassCodes codes;
  @Inject Companies companies;
  @Inject CallerIdentity identity;

  /**
   * @param minutes how long an unlock lasts; an hour where it is not said
   * @param validDays for how long the codes can be used; a year where it is not said
   */
  public record IssueRequest(
      @Nullable @Min(1) @Max(20) Integer count,
      @Nullable @Min(1) @Max(24 * 60) Integer minutes,
      @Nullable @Min(1) @Max(3660) Integer validDays) {}

  public record IssuedCode(UUID id, String code, int minutes, Instant expiryDate) {}

  public record CodeResponse(
      UUID id,
      long minutes,
      String createdByUser,
      Instant createdDate,
      Instant expiryDate,
      @Nullable Instant revokedDate,
      @Nullable Instant usedDate,
      @Nullable UUID usedForAccount) {

    static CodeResponse of(BreakGlassCode code) {
      return new CodeResponse(
          code.id(),
          code.lasting().toMinutes(),
          code.createdBy(),
          code.createdAt(),
          code.expiry(),
          code.revokedAt(),
          code.usedAt(),
          code.usedFor());
    }
  }

  /** The codes are shown this once. */
  @POST
  public Response issue(@PathParam("companyId") UUID companyId, @Nullable IssueRequest request) {
    IssueRequest wish = request == null ? new IssueRequest(null, null, null) : request;
    int minutes = wish.minutes() == null ? MINUTES : wish.minutes();
    List<IssuedCode> issued =
        breaking
            .issue(
                identity.caller(),
                companyId,
                wish.count() == null ? COUNT : wish.count(),
                minutes,
                Duration.ofDays(wish.validDays() == null ? VALID_DAYS : wish.validDays()))
            .stream()
            .map(i -> new IssuedCode(i.code().id(), i.text(), minutes, i.code().expiry()))
            .toList();
    return Response.status(Response.Status.CREATED).entity(issued).build();
  }

  @GET
  public List<CodeResponse> list(@PathParam("companyId") UUID companyId) {
    companies.get(identity.reach(), companyId);
    return codes.of(companyId).stream().map(CodeResponse::of).toList();
  }

  @DELETE
  @Path("{id}")
  public void revoke(@PathParam("companyId") UUID companyId, @PathParam("id") UUID id) {
    breaking.revoke(identity.caller(), companyId, id);
  }
}
