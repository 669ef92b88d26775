package org.drawbridge.user.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonValue;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.drawbridge.access.ApiKeyCaller;
import org.drawbridge.access.ApiKeyRequired;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.kernel.Ids;
import org.drawbridge.kernel.JsonBody;
import org.drawbridge.problem.Malformed;
import org.drawbridge.problem.MemberError;
import org.drawbridge.user.control.Imports;
import org.drawbridge.user.entity.UserImport;
import org.jspecify.annotations.Nullable;

/** Imports people with their accounts: at once, or in the background where there are many. */
@Path("sdk/importUsers")
@RequestScoped
@ApiKeyRequired
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ImportsResource {

  private static final int MAX_AT_ONCE = 1000;

  /** More than a body of the greatest length can hold, unless its rows are no rows. */
  private static final int MAX_ROWS = 5000;

  @Inject ImportRows rows;
  @Inject Imports imports;
  @Inject CallerIdentity identity;
  @Inject Clock clock;

  public record AcceptedResponse(UUID id, String status, String location) {}

  /** Answers 200 with a result for each row, or 202 with where the results will be. */
  @POST
  @Transactional
  public Response add(byte @Nullable [] body) {
    byte[] text = body == null ? new byte[0] : body;
    JsonValue json = JsonBody.parse(text);
    if (!(json instanceof JsonArray array)) {
      throw new Malformed(List.of(new MemberError("", "must be a JSON array")));
    }
    if (array.size() > MAX_ROWS) {
      throw new Malformed(List.of(new MemberError("", "must have at most " + MAX_ROWS + " rows")));
    }
    ApiKeyCaller caller = identity.apiKey();
    if (array.size() <= MAX_AT_ONCE) {
      return Response.ok(ImportResults.json(rows.add(caller.companyId(), array, caller.actor())))
          .build();
    }
    Instant now = clock.instant();
    // As it was sent: written anew, its escapes could become what a database cannot keep.
    UserImport accepted =
        new UserImport(
            caller.companyId(),
            Ids.next(now),
            caller.actor(),
            new String(text, StandardCharsets.UTF_8),
            now);
    imports.add(accepted);
    return Response.accepted(
            new AcceptedResponse(
                accepted.id(),
                accepted.status().name(),
                "/nl3/api/v1/sdk/importUsers/" + accepted.id()))
        .build();
  }

  @GET
  @Path("{id}")
  @Transactional
  public Response get(@PathParam("id") UUID id) {
    UserImport found = imports.get(identity.apiKey().companyId(), id);
    String results = found.results();
    return results == null
        ? Response.accepted(
                new AcceptedResponse(
                    id, found.status().name(), "/nl3/api/v1/sdk/importUsers/" + id))
            .build()
        : Response.ok(JsonBody.parse(results.getBytes(StandardCharsets.UTF_8))).build();
  }
}
