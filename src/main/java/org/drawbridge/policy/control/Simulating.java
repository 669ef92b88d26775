package org.drawbridge.policy.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.drawbridge.account.entity.PolicyAction;
import org.drawbridge.policy.control.PolicyMembers.Kind;
import org.drawbridge.policy.control.SimulationStatements.PastChange;
import org.drawbridge.policy.entity.PolicyTerms;
import org.drawbridge.policy.entity.PolicyType;
import org.drawbridge.problem.Malformed;
import org.drawbridge.problem.MemberError;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a policy would have done in the past, and changes nothing.
 *
 * <p>A policy without a schedule counts as acting at the beginning of the period. An unlock that
 * the history tells of ends a hold that may be overridden, as it would have.
 */
@ApplicationScoped
public class Simulating {

  private static final int MAX_LISTED = 1000;

  @PersistenceContext EntityManager entities;
  @Inject References references;

  /**
   * @param lockedAt the first time the policy would have locked it
   */
  public record LockedAccount(UUID accountId, String userAccountId, Instant lockedAt) {}

  /**
   * @param lockedAccounts how many accounts that were unlocked it would have locked
   * @param accounts at most 1000 of them
   * @param stoppedChecks how many recorded checks, answered "not locked", it would have stopped
   * @param checks at most 1000 of them, oldest first
   */
  public record Simulation(
      List<Occurrence> occurrences,
      int lockedAccounts,
      List<LockedAccount> accounts,
      int stoppedChecks,
      List<PastCheck> checks) {}

  /**
   * @throws Malformed for terms or references that make no policy
   */
  public Simulation simulate(
      UUID companyId,
      PolicyTerms given,
      @Nullable List<String> members,
      @Nullable List<String> groups,
      Instant from,
      Instant to) {
    PolicyTerms terms = TermsRules.require(given, "/policy");
    List<MemberError> errors = new ArrayList<>();
    Set<UUID> accountIds = references.resolve(companyId, Kind.ACCOUNTS, "members", members, errors);
    Set<UUID> groupIds = references.resolve(companyId, Kind.GROUPS, "groupMembers", groups, errors);
    if (!errors.isEmpty()) {
      throw new Malformed(errors);
    }
    return simulate(companyId, terms, accountIds, groupIds, from, to);
  }

  public Simulation simulate(
      UUID companyId,
      PolicyTerms terms,
      Set<UUID> accountIds,
      Set<UUID> groupIds,
      Instant from,
      Instant to) {
    List<Occurrence> occurrences = occurrences(terms, from, to);
    PolicyAction action = terms.action();
    if (occurrences.isEmpty() || action == null || !action.holds()) {
      return new Simulation(occurrences, 0, List.of(), 0, List.of());
    }
    Instant end = terms.endDate() != null && terms.endDate().isBefore(to) ? terms.endDate() : to;
    return entities
        .unwrap(Session.class)
        .doReturningWork(
            connection -> {
              SimulationStatements sql =
                  new SimulationStatements(connection, companyId, accountIds, groupIds);
              NavigableSet<Instant> times = new TreeSet<>();
              occurrences.forEach(occurrence -> times.add(occurrence.at()));
              Held held = new Held(times, action == PolicyAction.ALLOW_UNLOCK);
              Map<UUID, List<PastChange>> changes = sql.changes(end);
              Listed<LockedAccount> locked = new Listed<>();
              sql.eachAccount(
                  (id, name) ->
                      held.firstLock(changes.getOrDefault(id, List.of()))
                          .ifPresent(at -> locked.add(new LockedAccount(id, name, at))));
              Listed<PastCheck> stopped = new Listed<>();
              sql.eachAllowedCheck(
                  from,
                  end,
                  check -> {
                    if (held.at(
                        check.checkedAt(), changes.getOrDefault(check.accountId(), List.of()))) {
                      stopped.add(check);
                    }
                  });
              return new Simulation(
                  occurrences, locked.count, locked.first, stopped.count, stopped.first);
            });
  }

  /** Counts all, and keeps the first ones. */
  private static final class Listed<T> {

    private final List<T> first = new ArrayList<>();
    private int count;

    void add(T found) {
      if (count++ < MAX_LISTED) {
        first.add(found);
      }
    }
  }

  private static List<Occurrence> occurrences(PolicyTerms terms, Instant from, Instant to) {
    if (terms.policyType() == PolicyType.SCHEDULED) {
      return PolicySchedule.between(terms, from, to);
    }
    Instant begin =
        terms.activeDate() != null && terms.activeDate().isAfter(from) ? terms.activeDate() : from;
    return begin.isBefore(to) && terms.isActiveAt(begin)
        ? List.of(
            new Occurrence(
                begin, begin.atZone(ZoneId.of(terms.timeZone())).toLocalDateTime(), null))
        : List.of();
  }

  /** When the policy would have held an account. */
  private record Held(NavigableSet<Instant> times, boolean overridable) {

    /** The first time that the policy acts on the account while it is unlocked, as it is before. */
    Optional<Instant> firstLock(List<PastChange> changes) {
      boolean locked = false;
      Instant since = Instant.MIN;
      for (PastChange change : changes) {
        Instant at = locked ? null : times.ceiling(since);
        if (at != null && at.isBefore(change.at())) {
          return Optional.of(at);
        }
        locked = change.locked();
        since = change.at();
      }
      return locked ? Optional.empty() : Optional.ofNullable(times.ceiling(since));
    }

    boolean at(Instant time, List<PastChange> changes) {
      Instant held = times.floor(time);
      if (held == null) {
        return false;
      }
      return !overridable
          || changes.stream()
              .noneMatch(c -> !c.locked() && c.at().isAfter(held) && !c.at().isAfter(time));
    }
  }
}
