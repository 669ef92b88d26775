package org.drawbridge.audit.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.drawbridge.access.AdministratorRequired;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.audit.boundary.ActivityResource.ActivityResponse;
import org.drawbridge.audit.control.ChainHeads;
import org.drawbridge.audit.control.Verifying;
import org.drawbridge.audit.control.Verifying.Fault;
import org.drawbridge.audit.control.Verifying.Verification;
import org.drawbridge.audit.entity.Activity;
import org.drawbridge.audit.entity.ActivityChain;
import org.drawbridge.company.control.Companies;
import org.drawbridge.kernel.PageRequest;
import org.drawbridge.problem.Malformed;
import org.jspecify.annotations.Nullable;

/** The chain that the activity log of a company is, for who wants to keep or to verify it. */
@Path("companies/{companyId}/activity/chain")
@RequestScoped
@Transactional
@AdministratorRequired
@Produces(MediaType.APPLICATION_JSON)
public class ActivityChainResource {

  /** So that an answer takes seconds at most. */
  private static final long MOST_VERIFIED = 50_000;

  @Inject ChainHeads heads;
  @Inject Verifying verifying;
  @Inject Companies companies;
  @Inject CallerIdentity identity;

  public record LinkResponse(@Nullable Long number, @Nullable String hash, ActivityResponse entry) {
    static LinkResponse of(Activity entry) {
      return new LinkResponse(entry.number(), entry.hash(), ActivityResponse.of(entry));
    }
  }

  /**
   * @param length how many entries are chained
   * @param hash of the last one
   */
  public record ChainResponse(long length, String hash, List<LinkResponse> items) {}

  /**
   * @param next where to go on; null where all has been looked at
   */
  public record VerificationResponse(
      boolean intact,
      long from,
      long to,
      @Nullable Fault fault,
      @Nullable Long brokenAt,
      @Nullable Long next) {}

  @GET
  public ChainResponse chain(
      @PathParam("companyId") UUID companyId,
      @QueryParam("from") @DefaultValue("1") String from,
      @BeanParam PageRequest page) {
    companies.get(identity.reach(), companyId);
    ActivityChain head = heads.head(companyId);
    return new ChainResponse(
        head == null ? 0 : head.length(),
        head == null ? ActivityChain.BEGINNING : head.hash(),
        verifying.chained(companyId, number(from), page.size()).stream()
            .map(LinkResponse::of)
            .toList());
  }

  @GET
  @Path("verification")
  public VerificationResponse verification(
      @PathParam("companyId") UUID companyId, @QueryParam("from") @DefaultValue("1") String from) {
    companies.get(identity.reach(), companyId);
    long first = number(from);
    Verification found = verifying.verify(companyId, first, MOST_VERIFIED);
    boolean intact = found.fault() == null;
    boolean isCut = intact && found.to() - first + 1 == MOST_VERIFIED;
    return new VerificationResponse(
        intact, first, found.to(), found.fault(), found.brokenAt(), isCut ? found.to() + 1 : null);
  }

  private static long number(String text) {
    try {
      long number = Long.parseLong(text);
      if (number > 0 && number <= Integer.MAX_VALUE) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new Malformed(
        "The query parameter from must be the number of an entry, from 1 to 2147483647.");
  }
}
