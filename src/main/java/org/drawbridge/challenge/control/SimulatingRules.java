package org.drawbridge.challenge.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.drawbridge.access.Reach;
import org.drawbridge.challenge.entity.Attempt;
import org.drawbridge.challenge.entity.ChallengeUser;
import org.drawbridge.challenge.entity.Outcome;
import org.drawbridge.challenge.entity.RuleSet;
import org.drawbridge.challenge.entity.RuleSet.Verdict;
import org.drawbridge.company.control.Companies;
import org.drawbridge.kernel.OwnedId;
import org.jspecify.annotations.Nullable;

/** Tells what rules would have decided of past attempts, by what was known then. */
@ApplicationScoped
public class SimulatingRules {

  /** So many attempts are looked at, the newest. */
  public static final int MOST = 100_000;

  private static final int CHUNK = 1000;
  private static final int MAX_LISTED = 100;

  /** Is before every other id. */
  private static final UUID FIRST = new UUID(0, 0);

  @PersistenceContext EntityManager entities;
  @Inject Companies companies;
  @Inject RuleSets ruleSets;

  /**
   * An attempt that would have been decided otherwise.
   *
   * @param ruleId null where no rule would have matched
   */
  public record Difference(
      UUID attemptId,
      String userId,
      String idempotencyKey,
      Instant attemptedAt,
      Outcome was,
      Outcome outcome,
      @Nullable UUID ruleId) {}

  /**
   * @param attempts how many were looked at
   * @param was how many of each outcome there were
   * @param outcomes how many there would have been
   * @param changed how many would have been decided otherwise
   * @param differences at most 100 of them, newest first
   */
  public record Simulation(
      int attempts,
      Map<Outcome, Integer> was,
      Map<Outcome, Integer> outcomes,
      int changed,
      List<Difference> differences) {}

  /**
   * @param from counts
   * @param to does not
   */
  public Simulation simulate(
      Reach reach, UUID companyId, String action, RuleSet rules, Instant from, Instant to) {
    companies.get(reach, companyId);
    ruleSets.requireGroups(companyId, rules);
    Map<Outcome, Integer> was = new EnumMap<>(Outcome.class);
    Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    List<Difference> differences = new ArrayList<>();
    int attempts = 0;
    int changed = 0;
    List<Attempt> chunk = chunk(companyId, action, from, to, null);
    while (!chunk.isEmpty() && attempts < MOST) {
      for (Attempt attempt : chunk) {
        Outcome old = attempt.outcome();
        Verdict verdict = attempt.facts().map(rules::decide).orElse(null);
        if (old == null || verdict == null) {
          continue;
        }
        attempts++;
        was.merge(old, 1, Integer::sum);
        outcomes.merge(verdict.outcome(), 1, Integer::sum);
        if (verdict.outcome() != old) {
          changed++;
          if (differences.size() < MAX_LISTED) {
            differences.add(difference(attempt, old, verdict));
          }
        }
      }
      Attempt last = chunk.get(chunk.size() - 1);
      entities.clear();
      chunk = chunk(companyId, action, from, to, last);
    }
    return new Simulation(attempts, was, outcomes, changed, differences);
  }

  private Difference difference(Attempt attempt, Outcome was, Verdict verdict) {
    return new Difference(
        attempt.id(),
        entities
            .find(ChallengeUser.class, new OwnedId(attempt.companyId(), attempt.userId()))
            .userId(),
        attempt.idempotencyKey(),
        attempt.createdAt(),
        was,
        verdict.outcome(),
        verdict.ruleId());
  }

  /**
   * The newest first.
   *
   * @param before the last one that was looked at; null for the first chunk
   */
  private List<Attempt> chunk(
      UUID companyId, String action, Instant from, Instant to, @Nullable Attempt before) {
    return entities
        .createQuery(
            "select a from Attempt a where a.companyId = :company and a.action = :action"
                + " and a.createdAt >= :from and a.createdAt <= :to"
                + " and (a.createdAt < :to or a.id < :before) and a.outcome is not null"
                + " order by a.createdAt desc, a.id desc",
            Attempt.class)
        .setParameter("company", companyId)
        .setParameter("action", action)
        .setParameter("from", from)
        .setParameter("to", before == null ? to : before.createdAt())
        .setParameter("before", before == null ? FIRST : before.id())
        .setMaxResults(CHUNK)
        .getResultList();
  }
}
