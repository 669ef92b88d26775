package org.drawbridge.policy.boundary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.drawbridge.access.AdministratorRequired;
import org.drawbridge.access.CallerIdentity;
import org.drawbridge.policy.control.Occurrence;
import org.drawbridge.policy.control.Policies;
import org.drawbridge.policy.control.PolicySchedule;
import org.drawbridge.policy.control.Shift;
import org.drawbridge.policy.entity.PolicyTerms;
import org.drawbridge.problem.Malformed;
import org.jspecify.annotations.Nullable;

/** When a policy acts next. What comes then is found by the same code. */
@Path("policies/{id}/preview")
@RequestScoped
@Transactional
@AdministratorRequired
@Produces(MediaType.APPLICATION_JSON)
public class PolicyPreviewResource {

  private static final int MAX_COUNT = 1000;

  @Inject Policies policies;
  @Inject CallerIdentity identity;
  @Inject Clock clock;

  /**
   * @param localTime what the clock in the policy's zone shows then
   * @param scheduledTime what the schedule names; another time only where it is shifted
   * @param shift null where it is not shifted
   */
  public record OccurrenceResponse(
      Instant at,
      String localTime,
      String scheduledTime,
      @Nullable Shift shift,
      @Nullable String reason) {
    static OccurrenceResponse of(Occurrence occurrence, ZoneId zone) {
      Shift shift = occurrence.shift();
      return new OccurrenceResponse(
          occurrence.at(),
          occurrence.at().atZone(zone).toOffsetDateTime().toString(),
          occurrence.local().toString(),
          shift,
          shift == null ? null : shift.reason());
    }
  }

  public record PreviewResponse(UUID id, String timeZone, List<OccurrenceResponse> occurrences) {}

  @GET
  public PreviewResponse preview(
      @PathParam("id") UUID id,
      @QueryParam("from") @Nullable String from,
      @QueryParam("count") @DefaultValue("10") String count) {
    Instant start = from == null ? clock.instant() : instant(from);
    int most = count(count);
    PolicyTerms terms = policies.get(identity.reach(), id).terms();
    ZoneId zone = ZoneId.of(terms.timeZone());
    return new PreviewResponse(
        id,
        terms.timeZone(),
        PolicySchedule.from(terms, start, most).stream()
            .map(occurrence -> OccurrenceResponse.of(occurrence, zone))
            .toList());
  }

  private static int count(String text) {
    try {
      int count = Integer.parseInt(text);
      if (count >= 1 && count <= MAX_COUNT) {
        return count;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new Malformed(
        "The query parameter count must be a whole number from 1 to " + MAX_COUNT + ".");
  }

  private static Instant instant(String text) {
    try {
      Instant instant = OffsetDateTime.parse(text).toInstant();
      if (instant.isAfter(Instant.EPOCH)
          && instant.isBefore(Instant.ofEpochSecond(253370764800L))) {
        return instant;
      }
    } catch (DateTimeException e) {
      // told below
    }
    throw new Malformed(
        "The query parameter from must be an ISO-8601 time such as 2026-03-01T08:00:00Z.");
  }
}
