package org.drawbridge.challenge.control;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.UUID;
import org.drawbridge.challenge.entity.Action;
import org.drawbridge.challenge.entity.RuleSet;
import org.drawbridge.challenge.entity.RuleSetVersion;

/** What companies want of their actions, and wanted before. */
@ApplicationScoped
public class RuleSets {

  private static final int MOST_VERSIONS = 100;

  /** A version never changes, so that what was read once need not be read again. */
  private final Cache<RuleSetVersion.Key, RuleSet> read =
      Caffeine.newBuilder().maximumSize(1000).build();

  @PersistenceContext EntityManager entities;

  void add(RuleSetVersion version) {
    entities.persist(version);
  }

  /** As the action's company wants it now. Not for who has changed it in this transaction. */
  public RuleSet of(Action action) {
    return of(action.companyId(), action.code(), action.rulesVersion());
  }

  public RuleSet of(UUID companyId, String action, int version) {
    return read.get(
        new RuleSetVersion.Key(companyId, action, version),
        key -> entities.find(RuleSetVersion.class, key).ruleSet());
  }

  /** The newest first, and no more than a hundred. */
  public List<RuleSetVersion> versions(Action action) {
    return entities
        .createQuery(
            "select v from RuleSetVersion v where v.companyId = :company and v.action = :action"
                + " order by v.version desc",
            RuleSetVersion.class)
        .setParameter("company", action.companyId())
        .setParameter("action", action.code())
        .setMaxResults(MOST_VERSIONS)
        .getResultList();
  }
}
