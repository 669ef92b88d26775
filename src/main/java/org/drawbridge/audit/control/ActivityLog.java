package org.drawbridge.audit.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObjectBuilder;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.drawbridge.access.Actor;
import org.drawbridge.audit.entity.Activity;
import org.drawbridge.kernel.CompanyEvent;
import org.drawbridge.kernel.Storable;
import org.jspecify.annotations.Nullable;

/** The entries of all companies' activity logs. */
@ApplicationScoped
public class ActivityLog {

  private static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());

  private static final int MAX_DETAILS = 4000;

  @PersistenceContext EntityManager entities;
  @Inject Actor actor;
  @Inject Clock clock;

  /** In the transaction of the change: either both happen or neither does. */
  public void add(CompanyEvent event) {
    entities.persist(
        new Activity(
            event.companyId(),
            event.type(),
            event.subjectId(),
            actor.name(),
            details(event),
            clock.instant()));
  }

  private static String details(CompanyEvent event) {
    JsonObjectBuilder details = BUILDERS.createObjectBuilder();
    new TreeMap<>(event.details())
        .forEach((name, value) -> details.add(name, Storable.fitted(value, 500)));
    String json = details.build().toString();
    return json.length() > MAX_DETAILS ? "{}" : json;
  }

  /**
   * Newest first.
   *
   * @param before the id of the last entry of the page before this one; null for the first page
   */
  public List<Activity> entries(
      UUID companyId,
      @Nullable Instant from,
      @Nullable Instant to,
      @Nullable String type,
      @Nullable UUID before,
      int most) {
    String jpql =
        "select a from Activity a where a.companyId = :company"
            + (from == null ? "" : " and a.occurredAt >= :from")
            + (to == null ? "" : " and a.occurredAt < :to")
            + (type == null ? "" : " and a.type = :type")
            + (before == null ? "" : " and a.id < :before")
            + " order by a.id desc";
    TypedQuery<Activity> query =
        entities
            .createQuery(jpql, Activity.class)
            .setParameter("company", companyId)
            .setMaxResults(most);
    if (from != null) {
      query.setParameter("from", from);
    }
    if (to != null) {
      query.setParameter("to", to);
    }
    if (type != null) {
      query.setParameter("type", type);
    }
    if (before != null) {
      query.setParameter("before", before);
    }
    return query.getResultList();
  }
}
