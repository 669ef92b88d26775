package org.drawbridge.audit.control;

import static org.drawbridge.kernel.SqlValues.array;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.drawbridge.audit.entity.Activity;
import org.drawbridge.audit.entity.ActivityChain;
import org.drawbridge.audit.entity.LockedByCheck;
import org.drawbridge.company.control.Companies;
import org.drawbridge.kernel.CompanyEvent;
import org.drawbridge.kernel.SqlValues;
import org.drawbridge.problem.LogLine;
import org.hibernate.Session;

/**
 * Chains the entries of the activity log after they are committed. In the transaction of the change
 * itself, all changes of a company would wait for each other at the chain's head.
 */
@ApplicationScoped
public class Chaining {

  private static final Logger LOG = Logger.getLogger(Chaining.class.getName());

  private static final String WRITE_LINKS =
      """
      merge into activities a
      using (
        select i.id, i.number, i.hash
        from unnest(cast(? as uuid array), cast(? as bigint array), cast(? as varchar array))
          as i (id, number, hash)) i
      on (a.company_id = ? and a.id = i.id)
      when matched then update set number = i.number, hash = i.hash
      """;

  @PersistenceContext EntityManager entities;
  @Inject ChainHeads heads;
  @Inject Companies companies;
  @Inject Event<CompanyEvent> events;

  /** Companies that have entries which are not chained yet. */
  public List<UUID> behind() {
    return entities
        .createQuery(
            "select c.id from Company c where exists"
                + " (select 1 from Activity a where a.companyId = c.id and a.number is null)",
            UUID.class)
        .getResultList();
  }

  /**
   * Chains entries of a company, in the order of their ids. A chain whose head was altered does not
   * grow: a new seal would hide it.
   *
   * @param most how many at once
   * @return how many were chained
   */
  public int chain(UUID companyId, int most) {
    ActivityChain head = heads.held(companyId);
    if (head == null) {
      companies.hold(companyId);
      head = heads.held(companyId);
    }
    if (head == null && !isAnyChained(companyId)) {
      head = new ActivityChain(companyId);
    } else if (head == null || !heads.isGenuine(head)) {
      LogLine.event("activity.chain-altered")
          .with("company", companyId.toString())
          .log(LOG, Level.SEVERE);
      return 0;
    }
    List<Activity> entries = unchained(companyId, most);
    List<Link> links = links(head, entries);
    if (!links.isEmpty()) {
      entries.forEach(this::tell);
      Link last = links.get(links.size() - 1);
      heads.grow(head, last.number(), last.hash());
      entities.unwrap(Session.class).doWork(connection -> write(connection, companyId, links));
    }
    return links.size();
  }

  private void tell(Activity entry) {
    if (EntryHash.details(entry.details()) instanceof JsonObject details) {
      LockedByCheck.of(entry, details).ifPresent(events::fire);
    }
  }

  private boolean isAnyChained(UUID companyId) {
    return !entities
        .createQuery(
            "select 1 from Activity a where a.companyId = :company and a.number is not null",
            Integer.class)
        .setParameter("company", companyId)
        .setMaxResults(1)
        .getResultList()
        .isEmpty();
  }

  private List<Activity> unchained(UUID companyId, int most) {
    // All numbers are null: the order is that of the index.
    return entities
        .createQuery(
            "select a from Activity a where a.companyId = :company and a.number is null"
                + " order by a.number, a.id",
            Activity.class)
        .setParameter("company", companyId)
        .setMaxResults(most)
        .getResultList();
  }

  private record Link(UUID id, long number, String hash) {}

  private static List<Link> links(ActivityChain head, List<Activity> entries) {
    List<Link> links = new ArrayList<>(entries.size());
    long number = head.length();
    String hash = head.hash();
    for (Activity entry : entries) {
      hash = EntryHash.of(entry, ++number, hash);
      links.add(new Link(entry.id(), number, hash));
    }
    return links;
  }

  private static void write(Connection connection, UUID companyId, List<Link> links)
      throws SQLException {
    try (PreparedStatement statement =
        SqlValues.prepared(
            connection,
            WRITE_LINKS,
            array(connection, "uuid", links, Link::id),
            array(connection, "bigint", links, Link::number),
            array(connection, "varchar", links, Link::hash),
            companyId)) {
      statement.executeUpdate();
    }
  }
}
