package org.drawbridge.challenge.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.drawbridge.access.Actor;
import org.drawbridge.challenge.entity.Action;
import org.drawbridge.challenge.entity.RuleSet;
import org.drawbridge.challenge.entity.RuleSetVersion;
import org.drawbridge.company.control.Companies;

/** The actions of companies. */
@ApplicationScoped
public class Actions {

  @PersistenceContext EntityManager entities;
  @Inject Companies companies;
  @Inject RuleSets ruleSets;
  @Inject Actor actor;
  @Inject Clock clock;

  public Optional<Action> find(UUID companyId, String code) {
    return Optional.ofNullable(entities.find(Action.class, new Action.Key(companyId, code)));
  }

  /** An action appears by itself when it is first tracked. */
  public Action seen(UUID companyId, String code) {
    return find(companyId, code)
        .orElseGet(
            () -> {
              companies.hold(companyId);
              return find(companyId, code).orElseGet(() -> added(companyId, code));
            });
  }

  private Action added(UUID companyId, String code) {
    Instant now = clock.instant();
    Action action = new Action(companyId, code, now);
    entities.persist(action);
    ruleSets.add(new RuleSetVersion(action, RuleSet.FIRST, actor.name(), now));
    entities.flush();
    return action;
  }

  /** By their codes. */
  public List<Action> of(UUID companyId) {
    return entities
        .createQuery(
            "select a from Action a where a.companyId = :company order by a.code", Action.class)
        .setParameter("company", companyId)
        .getResultList();
  }
}
