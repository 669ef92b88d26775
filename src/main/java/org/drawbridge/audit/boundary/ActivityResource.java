package org.drawbridge.audit.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;
import org.drawbridge.access.AdministratorRequired;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.audit.control.ActivityLog;
import org.drawbridge.audit.entity.Activity;
import org.drawbridge.company.control.Companies;
import org.drawbridge.kernel.JsonBody;
import org.drawbridge.kernel.PageRequest;
import org.drawbridge.problem.Malformed;
import org.jspecify.annotations.Nullable;

/** The activity log of a company, newest first, read on from a cursor. */
@Path("companies/{companyId}/activity")
@RequestScoped
@Transactional
@AdministratorRequired
@Produces(MediaType.APPLICATION_JSON)
public class ActivityResource {

  @Inject ActivityLog log;
  @Inject Companies companies;
  @Inject CallerIdentity identity;

  public record ActivityResponse(
      UUID id,
      Instant occurredDate,
      String type,
      UUID subjectId,
      String actor,
      JsonObject details) {
    static ActivityResponse of(Activity activity) {
      return new ActivityResponse(
          activity.id(),
          activity.occurredAt(),
          activity.type(),
          activity.subjectId(),
          activity.actor(),
          JsonBody.parse(activity.details().getBytes(StandardCharsets.UTF_8)).asJsonObject());
    }
  }

  /** {@code nextCursor} is null on the last page. */
  public record ActivityPage(List<ActivityResponse> items, @Nullable String nextCursor) {}

  @GET
  public ActivityPage page(
      @PathParam("companyId") UUID companyId,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to,
      @QueryParam("type") @Nullable String type,
      @QueryParam("cursor") @Nullable String cursor,
      @BeanParam PageRequest page) {
    companies.get(identity.reach(), companyId);
    List<Activity> found =
        log.entries(
            companyId,
            instant("from", from),
            instant("to", to),
            type,
            cursor(cursor),
            page.size() + 1);
    List<Activity> shown = found.subList(0, Math.min(found.size(), page.size()));
    boolean more = found.size() > shown.size();
    return new ActivityPage(
        shown.stream().map(ActivityResponse::of).toList(),
        more ? shown.get(shown.size() - 1).id().toString() : null);
  }

  private static @Nullable Instant instant(String name, @Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      OffsetDateTime time = OffsetDateTime.parse(text);
      // Databases know no times as far away as Java does.
      if (time.getYear() > 0 && time.getYear() <= 9999) {
        return time.toInstant();
      }
    } catch (DateTimeParseException e) {
      // told below
    }
    throw new Malformed(
        "The query parameter " + name + " must be a time such as 2026-03-01T08:00:00Z.");
  }

  private static @Nullable UUID cursor(@Nullable String text) {
    try {
      return text == null ? null : UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new Malformed("The query parameter cursor must be the nextCursor of an answer.");
    }
  }
}
