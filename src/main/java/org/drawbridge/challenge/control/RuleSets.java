package org.drawbridge.challenge.control;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.drawbridge.account.control.Groups;
import org.drawbridge.challenge.entity.Action;
import org.drawbridge.challenge.entity.RuleSet;
import org.drawbridge.challenge.entity.RuleSetVersion;
import org.drawbridge.problem.Impossible;
import org.drawbridge.problem.MemberError;
import org.jspecify.annotations.Nullable;

/** What companies want of their actions, and wanted before. */
@ApplicationScoped
public class RuleSets {

  private static final int MOST_VERSIONS = 100;

  /** A version never changes, so that what was read once need not be read again. */
  private final Cache<RuleSetVersion.Key, RuleSet> read =
      Caffeine.newBuilder().maximumSize(1000).build();

  @PersistenceContext EntityManager entities;
  @Inject Groups groups;

  /**
   * @throws Impossible where a rule names a group that the company does not have
   */
  void requireGroups(UUID companyId, RuleSet ruleSet) {
    Set<UUID> named =
        ruleSet.rules().stream()
            .flatMap(rule -> rule.groups().stream())
            .collect(Collectors.toSet());
    Set<UUID> existing = groups.existing(companyId, named);
    List<MemberError> errors = new ArrayList<>();
    for (int i = 0; i < ruleSet.rules().size(); i++) {
      for (UUID group : ruleSet.rules().get(i).groups()) {
        if (!existing.contains(group)) {
          errors.add(new MemberError("/rules/" + i, "names a group that is not there: " + group));
        }
      }
    }
    if (!errors.isEmpty()) {
      throw new Impossible(errors);
    }
  }

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

  /** The same, where it was read before on this node; else null. Needs no database. */
  @Nullable RuleSet known(UUID companyId, String action, int version) {
    return read.getIfPresent(new RuleSetVersion.Key(companyId, action, version));
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
