package org.drawbridge.policy.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.drawbridge.access.ApiKeyCaller;
import org.drawbridge.access.ApiKeyRequired;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.account.control.AccountView;
import org.drawbridge.account.control.GroupView;
import org.drawbridge.kernel.IfMatch;
import org.drawbridge.kernel.Page;
import org.drawbridge.kernel.PageRequest;
import org.drawbridge.policy.boundary.PolicyReading.Read;
import org.drawbridge.policy.boundary.PolicyRequests.PolicyPatch;
import org.drawbridge.policy.boundary.PolicyRequests.PolicyRequest;
import org.drawbridge.policy.control.PolicyView;
import org.drawbridge.problem.Malformed;
import org.drawbridge.user.control.UserView;
import org.jspecify.annotations.Nullable;

/**
 * The policies of the company whose server calls. Not transactional itself: a change is made in one
 * transaction, and what it does to accounts follows in others, before the answer where that is
 * soon.
 */
@Path("sdk/policies")
@RequestScoped
@ApiKeyRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class PoliciesResource {

  private static final int MAX_KEY = 255;
  private static final int MAX_MEMBERS = 10_000_000;

  @Inject PolicyTransactions transactions;
  @Inject PolicyReading reading;
  @Inject Carrying carrying;
  @Inject CallerIdentity identity;

  @GET
  public List<PolicyView> all() {
    return reading.all(identity.apiKey().companyId());
  }

  @POST
  public Response create(PolicyRequest request) {
    ApiKeyCaller caller = identity.apiKey();
    UUID id = transactions.create(caller, caller.companyId(), request);
    carrying.now(id);
    return answer(
        Response.created(URI.create("/nl3/api/v1/sdk/policies/" + id)),
        reading.one(caller.reach(), id));
  }

  @GET
  @Path("{id}")
  public Response get(@PathParam("id") UUID id) {
    return answer(Response.ok(), reading.one(identity.reach(), id));
  }

  @PATCH
  @Path("{id}")
  public Response patch(
      @PathParam("id") UUID id,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String expected,
      PolicyPatch patch) {
    ApiKeyCaller caller = identity.apiKey();
    transactions.patch(caller, id, IfMatch.version(expected), patch);
    carrying.now(id);
    return answer(Response.ok(), reading.one(caller.reach(), id));
  }

  @DELETE
  @Path("{id}")
  public Response delete(
      @PathParam("id") UUID id, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String expected) {
    ApiKeyCaller caller = identity.apiKey();
    transactions.delete(caller, id, IfMatch.version(expected));
    carrying.now(id);
    return Response.ok().build();
  }

  @GET
  @Path("{id}/approvers")
  public List<UserView> approvers(@PathParam("id") UUID id) {
    return reading.one(identity.reach(), id).view().approvers();
  }

  /** Answers the id of the execution, as a JSON string. */
  @POST
  @Path("{id}/execute")
  @Consumes(MediaType.WILDCARD)
  public Response execute(
      @PathParam("id") UUID id, @HeaderParam("Idempotency-Key") @Nullable String key) {
    if (key != null && (key.isBlank() || key.length() > MAX_KEY)) {
      throw new Malformed("Idempotency-Key must be a text of 1 to " + MAX_KEY + " characters.");
    }
    ApiKeyCaller caller = identity.apiKey();
    UUID execution = transactions.execute(caller, id, key);
    carrying.now(id);
    return Response.ok("\"" + execution + "\"").build();
  }

  @GET
  @Path("{id}/groupMembers")
  public List<GroupView> groupMembers(@PathParam("id") UUID id) {
    return reading.groups(identity.reach(), id);
  }

  @GET
  @Path("{id}/members")
  public Page<AccountView> members(@PathParam("id") UUID id, @BeanParam PageRequest page) {
    return reading.members(identity.reach(), id, page.asFarAs(MAX_MEMBERS));
  }

  private static Response answer(Response.ResponseBuilder response, Read read) {
    return response.tag(new EntityTag(Long.toString(read.revision()))).entity(read.view()).build();
  }
}
